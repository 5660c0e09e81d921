using System.Diagnostics;
using System.Globalization;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>Real processes that share a Redis and a token endpoint.</summary>
internal sealed class ProcessFleet : IAsyncDisposable
{
    private readonly List<Process> _processes;

    private ProcessFleet(List<Process> processes) => _processes = processes;

    /// <summary>Starts them; they call nothing yet.</summary>
    public static async Task<ProcessFleet> StartAsync(int count, RedisServer redis, CountingTokenEndpoint cognito, TimeSpan pause)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "CognitoM2M.FleetProcess.dll"),
            redis.Port.ToString(CultureInfo.InvariantCulture),
            cognito.Address.AbsoluteUri,
            ((int)pause.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
        ];
        var fleet = new ProcessFleet([.. Enumerable.Range(0, count).Select(_ => Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!)]);
        foreach (var process in fleet._processes)
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return fleet;
    }

    /// <summary>Lets them all call at once, and go on calling.</summary>
    public async Task GoAsync()
    {
        foreach (var process in _processes)
            await process.StandardInput.WriteLineAsync("go");
    }

    /// <summary>
    /// Has each ask Cognito itself, one after the other. Most have never done so, thanks to the others, and that first time costs a process
    /// more for its code than for its request.
    /// </summary>
    public async Task AskCognitoAsync()
    {
        foreach (var process in _processes)
        {
            await process.StandardInput.WriteLineAsync("ask");
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }
    }

    /// <summary>Has them report waits from now on only.</summary>
    public async Task ForgetWaitsAsync()
    {
        foreach (var process in _processes)
            await process.StandardInput.WriteLineAsync("forget");
    }

    /// <summary>Ends them and adds up what they say.</summary>
    public async Task<FleetReport> StopAsync()
    {
        var reports = await Task.WhenAll(_processes.Select(StopAsync));
        return new FleetReport(
            reports.Sum(report => report.Calls),
            reports.Sum(report => report.Failures),
            [.. reports.SelectMany(report => report.Waits)],
            string.Concat(reports.Select(report => report.Errors)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static async Task<FleetReport> StopAsync(Process process)
    {
        await process.StandardInput.WriteLineAsync("stop");
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines = lines[(Array.LastIndexOf(lines, "forget") + 1)..];
        return new FleetReport(Value("calls"), Value("failures"), [.. Values("first"), .. Values("worst")], await errors);

        int Value(string name) => Values(name).Single();

        IEnumerable<int> Values(string name) => lines.Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}

/// <summary>What processes of a fleet say at their end.</summary>
/// <param name="Calls">How many they made.</param>
/// <param name="Failures">How many of those got no token.</param>
/// <param name="Waits">The longest of each ten calls, in milliseconds; that of the first call before them.</param>
/// <param name="Errors">What the failed ones said.</param>
internal sealed record FleetReport(int Calls, int Failures, IReadOnlyList<int> Waits, string Errors);
