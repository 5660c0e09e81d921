using System.Runtime.Versioning;

namespace CognitoM2M.Emulator.State;

/// <summary>The options to create files that only their owner may read and write.</summary>
/// <param name="isWindows">
/// Whether the system is Windows. Windows has no file modes: a file takes the permissions of its folder, and the folders of a user are
/// private to the user.
/// </param>
internal sealed class OwnerOnlyFile(bool isWindows)
{
    /// <summary>For the system that this process runs on.</summary>
    public static OwnerOnlyFile Current { get; } = new(OperatingSystem.IsWindows());

    [UnsupportedOSPlatformGuard("windows")]
    private bool HasFileModes => !isWindows;

    /// <summary>Creates the options. Nobody else can open the file while it is open.</summary>
    public FileStreamOptions CreateOptions(FileMode mode, FileOptions options = FileOptions.None)
    {
        var result = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options };
        if (HasFileModes)
            result.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return result;
    }
}
