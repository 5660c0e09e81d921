namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Lets one process or thread at a time write a file. The lock is an empty file beside it, which stays: if the lock file were deleted, one process could hold
/// the deleted file while another creates and locks a new one. The system gives the lock up when its holder ends, even if the holder is killed.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the lock of a file.</summary>
    /// <returns>Holds the lock until it is disposed.</returns>
    /// <exception cref="IOException">Others held the lock for 30 seconds, or the lock file cannot be created.</exception>
    public static async Task<IDisposable> AcquireAsync(string target, FilePrivacy privacy, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.lock");
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, privacy.CreateOptions(FileMode.OpenOrCreate));
            }
            catch (IOException error) when (SharingViolation.Is(error))
            {
                if (time.GetElapsedTime(startedAt) > _longestWait)
                    throw new IOException($"Another process is writing {target}. Try again when that process has ended.", error);
            }

            await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Recognizes the error of opening a file that somebody else has open.</summary>
internal static class SharingViolation
{
    // EWOULDBLOCK on Linux and macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
    public static bool Is(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
