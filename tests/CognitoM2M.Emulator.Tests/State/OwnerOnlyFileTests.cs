using CognitoM2M.Emulator.State;

namespace CognitoM2M.Emulator.Tests.State;

public sealed class OwnerOnlyFileTests
{
    [Fact]
    public void On_Windows_a_file_gets_no_Unix_mode()
    {
        var options = new OwnerOnlyFile(isWindows: true).CreateOptions(FileMode.CreateNew);

        Assert.Null(options.UnixCreateMode);
    }

    [Fact]
    public void On_Linux_and_macOS_only_the_owner_can_read_and_write_a_file()
    {
        // On Windows itself .NET refuses to set a Unix mode.
        if (OperatingSystem.IsWindows())
            return;

        var options = new OwnerOnlyFile(isWindows: false).CreateOptions(FileMode.CreateNew);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, options.UnixCreateMode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void On_every_system_an_open_file_is_not_shared(bool isWindows)
    {
        if (OperatingSystem.IsWindows() && !isWindows)
            return;

        var options = new OwnerOnlyFile(isWindows).CreateOptions(FileMode.OpenOrCreate, FileOptions.DeleteOnClose);

        Assert.Equal(FileMode.OpenOrCreate, options.Mode);
        Assert.Equal(FileShare.None, options.Share);
        Assert.Equal(FileOptions.DeleteOnClose, options.Options);
    }
}
