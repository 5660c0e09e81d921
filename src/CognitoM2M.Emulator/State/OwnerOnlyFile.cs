using System.Runtime.Versioning;

namespace CognitoM2M.Emulator.State;

/// <summary>Keeps files for their owner alone: nobody else may read or write them.</summary>
/// <param name="isWindows">
/// Whether the system is Windows. Windows has no file modes: a file takes the permissions of its folder, and the folders of a user are
/// private to the user.
/// </param>
internal sealed class OwnerOnlyFile(bool isWindows)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For the system that this process runs on.</summary>
    public static OwnerOnlyFile Current { get; } = new(OperatingSystem.IsWindows());

    [UnsupportedOSPlatformGuard("windows")]
    private bool HasFileModes => !isWindows;

    /// <summary>Takes an existing file away from everybody but its owner.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to somebody else.</exception>
    public void MakePrivate(string path)
    {
        if (HasFileModes && File.GetUnixFileMode(path) != Private)
            File.SetUnixFileMode(path, Private);
    }

    /// <summary>Creates the options. Nobody else can open the file while it is open.</summary>
    public FileStreamOptions CreateOptions(FileMode mode, FileOptions options = FileOptions.None)
    {
        var result = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options };
        if (HasFileModes)
            result.UnixCreateMode = Private;
        return result;
    }
}
