using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CognitoM2M.Cli.Running;

/// <summary>Finds the processes that a process has started, on Linux and macOS.</summary>
internal static class ProcessTree
{
    /// <summary>The process itself, and everything that it and its descendants have started. The process alone where there is no <c>ps</c>.</summary>
    public static IReadOnlyList<int> List(int processId) => List(processId, RunPs());

    /// <summary>Finds the tree of a process in the output of <c>ps</c>.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="table">One line for each process: its id, blanks, the id of its parent.</param>
    public static IReadOnlyList<int> List(int processId, string table)
    {
        var children = table.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2)
            .ToLookup(words => Read(words[1]), words => Read(words[0]));
        var tree = new List<int> { processId };
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(children[tree[i]].Where(child => child > 0 && !tree.Contains(child)));
        return tree;
    }

    private static int Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private static string RunPs()
    {
        try
        {
            var start = new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { UseShellExecute = false, RedirectStandardOutput = true };
            using var ps = Process.Start(start)!;
            var table = ps.StandardOutput.ReadToEnd();
            ps.WaitForExit();
            return table;
        }
        catch (Win32Exception)
        {
            // Small container images have no ps.
            return "";
        }
    }
}
