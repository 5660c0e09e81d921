using CognitoM2M.Benchmarks.Report;

namespace CognitoM2M.Benchmarks.Emulation;

/// <summary>Measures the emulator of a published tool from outside, as its users see it.</summary>
internal static class EmulatorCommand
{
    private const int Starts = 15;

    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(8);

    /// <param name="args">The file of the tool, and optionally the file of moto_server. With <c>--write</c> first, the page is written.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var writes = args is ["--write", ..];
        var files = writes ? args[1..] : args;
        if (files is not ([_] or [_, _]))
        {
            Console.Error.WriteLine("The command emulator takes the file of the published tool, and optionally the file of moto_server.");
            return 2;
        }

        var figures = await MeasureAsync(files[0], files.Length > 1 ? files[1] : null);
        if (writes)
            PerformancePage.Replace("emulator", figures.FormatTable());
        else
            Console.WriteLine(figures.FormatTable());
        return 0;
    }

    private static async Task<EmulatorFigures> MeasureAsync(string tool, string? moto)
    {
        using var seed = new SeedFile();
        var starts = new List<TimeSpan>();
        // The first start is not counted: this process then compiles its own client.
        for (var i = -1; i < Starts; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await using var started = await ServerProcess.StartAsync(port => (tool, ["emulate", "--port", $"{port}", "--seed", seed.Path]));
            using var first = new TokenLoad(started.Address);
            await first.RequestTokenAsync();
            if (i >= 0)
                starts.Add(TimeProvider.System.GetElapsedTime(start));
        }

        await using var emulator = await ServerProcess.StartAsync(port => (tool, ["emulate", "--port", $"{port}", "--seed", seed.Path]));
        using var load = new TokenLoad(emulator.Address);
        var tokens = await load.CountPerSecondAsync(load.RequestTokenAsync, _duration);
        var signIns = await CountSignInsAsync(emulator.Address);
        if (moto is null)
            return new([.. starts.Order()], tokens, signIns, null);

        await using var peer = await ServerProcess.StartAsync(port => (moto, ["-H", "127.0.0.1", "-p", $"{port}"]));
        return new([.. starts.Order()], tokens, signIns, await CountSignInsAsync(peer.Address));
    }

    private static async Task<double> CountSignInsAsync(Uri address)
    {
        using var load = new TokenLoad(address);
        var signIn = await load.CreateUserAsync();
        return await load.CountPerSecondAsync(() => load.CallAsync("InitiateAuth", signIn), _duration);
    }
}
