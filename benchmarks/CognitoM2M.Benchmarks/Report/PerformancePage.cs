using System.Globalization;
using System.Runtime.InteropServices;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>docs/performance.md and the files beside it. The parts that are measured stand between markers.</summary>
internal static class PerformancePage
{
    private static readonly string _docs = Path.Combine(Repository.Root, "docs");

    public static void WriteFile(string name, string text) => File.WriteAllText(Path.Combine(_docs, name), text);

    /// <summary>Replaces one of the parts, and prints it.</summary>
    public static void Replace(string part, string figures)
    {
        var page = Path.Combine(_docs, "performance.md");
        var text = File.ReadAllText(page);
        var beginMarker = $"<!-- {part}: begin -->";
        var begin = text.IndexOf(beginMarker, StringComparison.Ordinal) + beginMarker.Length;
        var end = text.IndexOf($"<!-- {part}: end -->", StringComparison.Ordinal);
        if (begin < beginMarker.Length || end < begin)
            throw new InvalidOperationException($"{page} has lost its markers for {part}.");

        var dated = $"Measured {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on {Machine()}.\n\n{figures}";
        File.WriteAllText(page, $"{text[..begin]}\n\n{dated}\n{text[end..]}");
        Console.WriteLine(dated);
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Split(' ')[0]}, {RuntimeInformation.FrameworkDescription}";
    }
}
