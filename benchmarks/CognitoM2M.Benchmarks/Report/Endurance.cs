using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>The figures of one run of the soak.</summary>
internal sealed record SoakRun(
    int Seed, double Minutes, long Calls, int Faults, int TokenRequests, int TokensIssued, long LongestPoolDelayMs, long LiveKilobytesFirst, long LiveKilobytesLast, int Broken);

/// <summary>A run of the soak ended without figures.</summary>
internal sealed class SoakFailedException(int seed, int exitCode)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The soak with seed {seed} ended with exit code {exitCode} and without figures. The page was not changed. Run the soak alone to see its output."));

/// <summary>
/// Runs the soak with three seeds at the same time. The soak does not measure speed, and a busy machine makes the test stricter.
/// </summary>
internal static class Endurance
{
    private const int Minutes = 10;

    private static readonly int[] _seeds = [1, 2, 3];

    public static async Task<IReadOnlyList<SoakRun>> RunAsync()
    {
        var project = Path.Combine(Repository.Root, "benchmarks", "CognitoM2M.Soak");
        // Built once before, because three builds at the same time would disturb each other.
        using (var build = Start(["build", "-c", "Release", "--verbosity", "quiet", project]))
            await build.WaitForExitAsync();
        return await Task.WhenAll(_seeds.Select(seed => RunAsync(project, seed)));
    }

    public static string FormatTable(IEnumerable<SoakRun> runs)
    {
        var text = new StringBuilder("| seed | minutes | faults | calls | token requests | tokens issued | longest wait for a thread | live memory, first and last third | promises broken |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var run in runs)
            text.Append(CultureInfo.InvariantCulture, $"| {run.Seed} | {run.Minutes} | {run.Faults:N0} | {run.Calls:N0} | {run.TokenRequests:N0} | {run.TokensIssued:N0} | {run.LongestPoolDelayMs} ms | {run.LiveKilobytesFirst:N0} KB, {run.LiveKilobytesLast:N0} KB | {run.Broken} |\n");
        return text.ToString();
    }

    private static async Task<SoakRun> RunAsync(string project, int seed)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var soak = Start(
            [
                "run", "-c", "Release", "--no-build", "--project", project, "--",
                "--minutes", Minutes.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture), "--json", file,
            ]);
            await soak.WaitForExitAsync();
            var figures = await File.ReadAllTextAsync(file);
            return figures.Length > 0
                ? JsonSerializer.Deserialize<SoakRun>(figures, JsonSerializerOptions.Web)!
                : throw new SoakFailedException(seed, soak.ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(string[] command) =>
        Process.Start(OwnProcess.UseDefaultGeneration0(new ProcessStartInfo("dotnet", command) { UseShellExecute = false }))!;
}
