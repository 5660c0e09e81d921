using System.Globalization;
using System.Runtime.InteropServices;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>Writes docs/performance.md and the files beside it. The measured parts of the page are between markers.</summary>
internal static class PerformancePage
{
    private static readonly string _docs = Path.Combine(Repository.Root, "docs");

    public static void WriteFile(string name, string text) => File.WriteAllText(Path.Combine(_docs, name), text);

    /// <summary>Replaces one measured part of the page, and prints it.</summary>
    public static void Replace(string part, string figures)
    {
        var page = Path.Combine(_docs, "performance.md");
        var text = File.ReadAllText(page);
        var beginMarker = $"<!-- {part}: begin -->";
        var begin = text.IndexOf(beginMarker, StringComparison.Ordinal) + beginMarker.Length;
        var end = text.IndexOf($"<!-- {part}: end -->", StringComparison.Ordinal);
        if (begin < beginMarker.Length || end < begin)
            throw new InvalidOperationException($"{page} has no markers for {part}. Add the lines '{beginMarker}' and '<!-- {part}: end -->'.");

        var dated = $"Measured {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on {DescribeMachine()}.\n\n{figures}";
        File.WriteAllText(page, $"{text[..begin]}\n\n{dated}\n{text[end..]}");
        Console.WriteLine(dated);
    }

    private static string DescribeMachine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Split(' ')[0]}, {RuntimeInformation.FrameworkDescription}";
    }
}
