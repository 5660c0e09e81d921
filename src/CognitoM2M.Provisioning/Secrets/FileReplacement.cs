using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Reads a file, and replaces it as a whole: the new content is written to a second file, which then takes the place of the first. So no
/// reader ever sees half of the content, and a process that is killed leaves the old content. Only the holder of the <see cref="FileLock"/> may
/// replace the file.
/// </summary>
internal static class FileReplacement
{
    /// <summary>The content of the file.</summary>
    /// <returns>Null if the file does not exist or is empty.</returns>
    /// <exception cref="IOException">The file is a folder, a pipe, a socket or a device, or cannot be read.</exception>
    public static async Task<byte[]?> ReadAsync(string target, CancellationToken cancellationToken)
    {
        FileKind.RequireRegular(target);
        try
        {
            // Other processes may replace the file meanwhile. On Windows, this needs FileShare.Delete.
            var file = new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (file.ConfigureAwait(false))
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
                return content.Length == 0 ? null : content.ToArray();
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts new content in the place of the file.</summary>
    public static async Task ReplaceAsync(string target, ReadOnlyMemory<byte> content, FilePrivacy privacy, CancellationToken cancellationToken)
    {
        var newPath = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.new");
        // A process that was killed may have left this file behind.
        File.Delete(newPath);
        try
        {
            var newFile = new FileStream(newPath, privacy.CreateOptions(FileMode.CreateNew));
            await using (newFile.ConfigureAwait(false))
            {
                await newFile.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                newFile.Flush(flushToDisk: true);
            }

            File.Move(newPath, target, overwrite: true);
        }
        catch
        {
            // The content holds secrets, so no part of it stays behind.
            File.Delete(newPath);
            throw;
        }
    }
}
