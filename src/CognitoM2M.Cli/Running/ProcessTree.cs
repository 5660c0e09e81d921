using System.Globalization;

namespace CognitoM2M.Cli.Running;

/// <summary>Finds the processes that a process has started, on Linux.</summary>
internal static class ProcessTree
{
    /// <summary>The process itself, and everything that it and its descendants have started. On other systems the process alone.</summary>
    public static IReadOnlyList<int> List(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return [processId];

        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(FindParent);
        var tree = new List<int> { processId };
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(children[tree[i]]);
        return tree;
    }

    /// <summary>The parent of a process; 0 if the process has ended.</summary>
    private static int FindParent(int processId)
    {
        try
        {
            return ReadParent(File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // The name of the program stands in parentheses and may hold anything. Behind it: the state and the parent.
    /// <summary>Reads the parent from the content of <c>/proc/ID/stat</c>; 0 if the content has another form.</summary>
    public static int ReadParent(string text) =>
        text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var parent, ..]
        && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
