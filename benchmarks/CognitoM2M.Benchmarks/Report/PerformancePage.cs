using System.Globalization;
using System.Runtime.InteropServices;

namespace CognitoM2M.Benchmarks.Report;

/// <summary>docs/performance.md and the files beside it. The parts that are measured stand between markers.</summary>
internal sealed class PerformancePage
{
    /// <summary>The folder of the repository.</summary>
    public string Root { get; } = FindRoot();

    private string Docs => Path.Combine(Root, "docs");

    public void WriteFile(string name, string text) => File.WriteAllText(Path.Combine(Docs, name), text);

    /// <summary>Replaces one of the parts, and prints it.</summary>
    public void Replace(string part, string figures)
    {
        var page = Path.Combine(Docs, "performance.md");
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

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CognitoM2M.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks do not run inside the repository.");
        return folder.FullName;
    }
}
