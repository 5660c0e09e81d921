using System.Diagnostics;

namespace CognitoM2M.Benchmarks;

/// <summary>Starts this program in another process.</summary>
internal static class OwnProcess
{
    private const string Generation0Size = "DOTNET_GCgen0size";

    // 16 MiB, in hexadecimal.
    private const string LargeSize = "1000000";

    /// <summary>Whether this process has a large generation 0, as on a server with large processor caches.</summary>
    public static bool HasLargeGeneration0 => Environment.GetEnvironmentVariable(Generation0Size) == LargeSize;

    /// <summary>
    /// Runs this program with a large generation 0, which only an environment variable can set. A small generation 0 causes some
    /// collections in each round, and the collections would then be most of the measured time.
    /// </summary>
    public static async Task<int> RunWithLargeGeneration0Async(string[] args)
    {
        var start = CreateStartInfo(args);
        start.Environment[Generation0Size] = LargeSize;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Runs this program with the default generation 0.</summary>
    /// <returns>The text that it printed.</returns>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static async Task<string> ReadAsync(params string[] args)
    {
        var start = UseDefaultGeneration0(CreateStartInfo(args));
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The process ended with {process.ExitCode}: {output}");
    }

    /// <summary>Removes the setting for generation 0 from the environment of a new process.</summary>
    public static ProcessStartInfo UseDefaultGeneration0(ProcessStartInfo start)
    {
        start.Environment.Remove(Generation0Size);
        return start;
    }

    // If the dotnet command runs this program, the path of the program must be its first argument.
    private static ProcessStartInfo CreateStartInfo(string[] args) => new(
        Environment.ProcessPath!,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(OwnProcess).Assembly.Location, .. args] : args)
    {
        UseShellExecute = false,
    };
}
