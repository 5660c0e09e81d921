using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Shared;

/// <summary>
/// Writes files that hold no secret, each as a whole: the content is written to a second file, which then takes the place of the first. So no
/// reader sees half of the content, and an interruption leaves the old content.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a text to a file.</summary>
    /// <param name="path">The file. A symbolic link is followed. A pipe or a device gets the text and stays what it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="overwrite">Whether a file that exists is replaced. It keeps its mode.</param>
    /// <param name="cancellationToken">Ends the attempt. The file then has its old content.</param>
    /// <exception cref="IOException">The file cannot be written, or exists and must not be replaced.</exception>
    public static async Task WriteAsync(string path, string text, bool overwrite, CancellationToken cancellationToken)
    {
        var target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
            throw new IOException($"{target} is a folder. Name a file.");

        if (FileKind.IsMissingOrRegular(target))
            await ReplaceAsync(target, text, overwrite, cancellationToken).ConfigureAwait(false);
        else
            await WriteAsync(target, new() { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 }, text, cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReplaceAsync(string target, string text, bool overwrite, CancellationToken cancellationToken)
    {
        // Each run has a second file of its own, because two runs may write the file at the same time.
        var newPath = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(target) ? null : File.GetUnixFileMode(target);
            // The new file has these rights from the beginning, so that only users who can read the old file can read it.
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = mode;
            await WriteAsync(newPath, options, text, cancellationToken).ConfigureAwait(false);
            // The system takes some rights away from a file that is created.
            if (!OperatingSystem.IsWindows() && mode is { } former)
                File.SetUnixFileMode(newPath, former);
            File.Move(newPath, target, overwrite);
        }
        catch
        {
            File.Delete(newPath);
            throw;
        }
    }

    private static async Task WriteAsync(string path, FileStreamOptions options, string text, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, options);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: options.Mode == FileMode.CreateNew);
        }
    }
}
