using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CognitoM2M.Benchmarks.Tenants;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Makes every number of docs/performance.md again: measures, and writes tables, chart and JSON into the repository.</summary>
internal static class ReportCommand
{
    private const string Begin = "<!-- figures: begin -->";
    private const string End = "<!-- figures: end -->";

    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync()
    {
        var docs = Path.Combine(Root(), "docs");
        var costs = await SpeedCommand.MeasureAsync(_duration);
        var (tenantBytes, _) = TenantsCommand.Measure();

        new JsonFile(Path.Combine(docs, "performance.json")).Write(costs.ToDictionary(
            cost => cost.Key, cost => new { nsPerOp = Math.Round(cost.Value.NsPerOp, 1), bytesPerOp = Math.Round(cost.Value.BytesPerOp) }, StringComparer.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(docs, "performance.svg"), Chart.Of(costs));

        var page = Path.Combine(docs, "performance.md");
        var text = await File.ReadAllTextAsync(page);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        await File.WriteAllTextAsync(page, $"{text[..begin]}\n\n{Figures(costs, tenantBytes)}\n{text[end..]}");
        Console.WriteLine(Figures(costs, tenantBytes));
        return 0;
    }

    private static string Figures(IReadOnlyDictionary<string, Cost> costs, long tenantBytes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Measured {TimeProvider.System.GetUtcNow():yyyy-MM-dd} on {Machine()}.\n\n");
        foreach (var target in Targets.Of(costs))
            text.Append(target.IsMet ? "" : "**").Append(target).Append(target.IsMet ? "" : "**").Append('\n');

        text.Append("\n| Operation | ns | bytes |\n| --- | ---: | ---: |\n");
        foreach (var (name, cost) in costs.OrderBy(cost => cost.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {cost.NsPerOp:N1} | {cost.BytesPerOp:N0} |\n");
        return text.Append(CultureInfo.InvariantCulture, $"\nA tenant among 10,000, with a token of 1,024 characters: {tenantBytes:N0} bytes.\n").ToString();
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Split(' ')[0]}, {RuntimeInformation.FrameworkDescription}";
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CognitoM2M.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks do not run inside the repository.");
        return folder.FullName;
    }
}
