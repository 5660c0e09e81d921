using System.Diagnostics;

namespace CognitoM2M.Benchmarks;

/// <summary>This program, started once more.</summary>
internal static class OwnProcess
{
    private const string Generation0Size = "DOTNET_GCgen0size";

    // In hexadecimal: 16 MiB.
    private const string Large = "1000000";

    /// <summary>Whether the garbage collector lets as much be allocated between two collections as it does on a server with large caches.</summary>
    public static bool HasLargeGeneration0 => Environment.GetEnvironmentVariable(Generation0Size) == Large;

    /// <summary>
    /// Does the same with a large generation 0, which only the environment can ask for. With one for small caches there would be some
    /// collections in each round, and how long they take would be most of what is measured.
    /// </summary>
    public static async Task<int> RunWithLargeGeneration0Async(string[] args)
    {
        var start = StartInfo(args);
        start.Environment[Generation0Size] = Large;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Runs it as it runs by default, and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> ReadAsync(params string[] args)
    {
        var start = WithDefaultGeneration0(StartInfo(args));
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The process ended with {process.ExitCode}: {output}");
    }

    /// <summary>Has a process that is started from here run as it does by default.</summary>
    public static ProcessStartInfo WithDefaultGeneration0(ProcessStartInfo start)
    {
        start.Environment.Remove(Generation0Size);
        return start;
    }

    // Started by the dotnet command, the program is the first argument of that.
    private static ProcessStartInfo StartInfo(string[] args) => new(
        Environment.ProcessPath!,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(OwnProcess).Assembly.Location, .. args] : args)
    {
        UseShellExecute = false,
    };
}
