using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>What a run of the soak came to.</summary>
internal sealed record SoakRun(
    int Seed, double Minutes, long Calls, int Faults, int TokenRequests, int TokensIssued, long LongestPoolDelayMs, long LiveKilobytesFirst, long LiveKilobytesLast, int Broken);

/// <summary>Runs the soak with three seeds, one after the other.</summary>
internal static class Endurance
{
    private const string Minutes = "10";

    private static readonly string[] _seeds = ["1", "2", "3"];

    public static async Task<IReadOnlyList<SoakRun>> RunAsync(string root)
    {
        var runs = new List<SoakRun>();
        foreach (var seed in _seeds)
        {
            var file = Path.GetTempFileName();
            string[] command = ["run", "-c", "Release", "--project", Path.Combine(root, "benchmarks", "CognitoM2M.Soak"), "--", "--minutes", Minutes, "--seed", seed, "--json", file];
            using var soak = Process.Start(OwnProcess.WithDefaultGeneration0(new ProcessStartInfo("dotnet", command) { UseShellExecute = false }))!;
            await soak.WaitForExitAsync();
            var figures = await File.ReadAllTextAsync(file);
            File.Delete(file);
            runs.Add(figures.Length > 0
                ? JsonSerializer.Deserialize<SoakRun>(figures, JsonSerializerOptions.Web)!
                : throw new InvalidOperationException($"The soak ended with {soak.ExitCode} before it had any figures."));
        }

        return runs;
    }

    public static string TableOf(IEnumerable<SoakRun> runs)
    {
        var text = new StringBuilder("| seed | minutes | faults | calls | token requests | tokens issued | longest wait for a thread | live memory, first and last third | promises broken |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var run in runs)
            text.Append(CultureInfo.InvariantCulture, $"| {run.Seed} | {run.Minutes} | {run.Faults:N0} | {run.Calls:N0} | {run.TokenRequests:N0} | {run.TokensIssued:N0} | {run.LongestPoolDelayMs} ms | {run.LiveKilobytesFirst:N0} KB, {run.LiveKilobytesLast:N0} KB | {run.Broken} |\n");
        return text.ToString();
    }
}
