using System.Runtime.Versioning;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>How a platform keeps a file from being read by other users.</summary>
internal abstract class FilePrivacy
{
    public static FilePrivacy Current { get; } = OperatingSystem.IsWindows() ? new WindowsFilePrivacy() : new UnixFilePrivacy();

    /// <summary>The options that create a file, or open it, closed to everybody else. A file that is created belongs to its owner alone.</summary>
    public abstract FileStreamOptions CreateOptions(FileMode mode);

    /// <summary>Whether other users may read or write an existing file.</summary>
    public abstract bool IsOpenToOthers(string path);
}

/// <summary>Linux and macOS: the mode of the file is 0600.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixFilePrivacy : FilePrivacy
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public override FileStreamOptions CreateOptions(FileMode mode) => new()
    {
        Mode = mode,
        // Opening a pipe for writing alone would wait for a reader.
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    public override bool IsOpenToOthers(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & ~Owner) != UnixFileMode.None;
}

/// <summary>Windows: a new file takes the access rights of its folder, and files have no mode.</summary>
internal sealed class WindowsFilePrivacy : FilePrivacy
{
    public override FileStreamOptions CreateOptions(FileMode mode) => new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };

    public override bool IsOpenToOthers(string path) => false;
}
