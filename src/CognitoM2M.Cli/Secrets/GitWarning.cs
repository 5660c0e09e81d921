using System.ComponentModel;
using System.Diagnostics;

namespace CognitoM2M.Cli.Secrets;

/// <summary>Warns of a secrets file that the next <c>git add</c> would take into version control.</summary>
internal static class GitWarning
{
    /// <summary>The warning; null if the file is in no git work tree, or if git ignores it.</summary>
    public static async Task<string?> FindAsync(ToolHost host, string path, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
        if (FindWorkTree(folder) is not { } tree || await IsIgnoredAsync(host, folder, path, cancellationToken).ConfigureAwait(false))
            return null;

        var name = Path.GetFileName(path);
        return $"Warning: {path} will hold secrets and lies in the git work tree {tree}, and git does not ignore it. "
            + $"Add these lines to {Path.Combine(folder, ".gitignore")}: {name} and .{name}.*";
    }

    // A linked work tree and a submodule have a file named .git instead of a folder.
    private static string? FindWorkTree(string? folder)
    {
        while (folder is not null && !Path.Exists(Path.Combine(folder, ".git")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    /// <summary>Asks git, because only git knows all of its rules. Without git, no file counts as ignored.</summary>
    private static async Task<bool> IsIgnoredAsync(ToolHost host, string folder, string path, CancellationToken cancellationToken)
    {
        if (FindGit(host) is not { } git)
            return false;

        try
        {
            // A work tree can name a program that git starts for this setting.
            var start = new ProcessStartInfo(git, ["-c", "core.fsmonitor=false", "check-ignore", "--quiet", "--", path])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // The file is not a program that can be started.
            return false;
        }
    }

    // Git is searched in PATH alone. Windows would also search the current folder, where anybody may have put a program of this name.
    private static string? FindGit(ToolHost host) =>
        (host.FindValue("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, host.IsWindows ? "git.exe" : "git"))
            .FirstOrDefault(File.Exists);
}
