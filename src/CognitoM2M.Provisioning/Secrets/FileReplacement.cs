namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Replaces a file as a whole. The new content is written to a second file, which then takes the place of the first, so no reader ever sees
/// half of the content. The second file is also the lock: two rotations that read and write the same file would otherwise lose a secret that
/// Cognito never shows again.
/// </summary>
internal sealed class FileReplacement : IAsyncDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    // A process that creates the second file locks it a moment later, so a new file that is not locked need not be abandoned.
    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromSeconds(1);

    private readonly string _target;
    private readonly string _newPath;
    private readonly FileStream _newFile;
    private bool _isDone;

    private FileReplacement(string target, string newPath, FileStream newFile) => (_target, _newPath, _newFile) = (target, newPath, newFile);

    /// <summary>Reads the file. A process that has just replaced the file keeps it locked for a moment, so reading may have to wait.</summary>
    /// <returns>Null if the file does not exist.</returns>
    public static async Task<byte[]?> ReadAsync(string target, TimeProvider time, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await File.ReadAllBytesAsync(target, cancellationToken).ConfigureAwait(false);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (IOException error) when (error is not DirectoryNotFoundException && time.GetElapsedTime(startedAt) < _longestWait)
            {
                await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Creates the second file. Waits while another process or thread holds the second file.</summary>
    /// <exception cref="IOException">The second file is still held after ten seconds, or cannot be created.</exception>
    public static async Task<FileReplacement> BeginAsync(string target, FilePrivacy privacy, TimeProvider time, CancellationToken cancellationToken)
    {
        var newPath = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.new");
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(target, newPath, new FileStream(newPath, privacy.CreateOptions(FileMode.CreateNew)));
            }
            catch (IOException error) when (IsFileThere(error) || File.Exists(newPath))
            {
                if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(newPath) > _abandonedAfter)
                    DeleteAbandoned(newPath, privacy);
                if (time.GetElapsedTime(startedAt) > _longestWait)
                    throw new IOException($"Another process is writing {target}. Try again when that process has ended.", error);
                await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes the content and puts it in the place of the file.</summary>
    public async Task CompleteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await _newFile.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        _newFile.Flush(flushToDisk: true);
        // Moved while it is open, so that the lock is held until the new content is in place.
        File.Move(_newPath, _target, overwrite: true);
        _isDone = true;
    }

    /// <summary>Gives up the lock. Without <see cref="CompleteAsync"/>, the file stays as it was.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDone)
            File.Delete(_newPath);
        await _newFile.DisposeAsync().ConfigureAwait(false);
    }

    // The number of the error: EEXIST on Linux and macOS, ERROR_FILE_EXISTS on Windows. The file itself may be gone again by now.
    private static bool IsFileThere(IOException error) => error.HResult is 17 or unchecked((int)0x80070050);

    /// <summary>Deletes the second file of a process that was killed. No process holds such a file, so it can be opened.</summary>
    private static void DeleteAbandoned(string newPath, FilePrivacy privacy)
    {
        try
        {
            using var abandoned = new FileStream(newPath, privacy.CreateOptions(FileMode.Open));
            File.Delete(newPath);
        }
        catch (IOException)
        {
            // Another process holds the file, or has just deleted it.
        }
    }
}
