using CognitoM2M.Provisioning.Secrets;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class FilePrivacyTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void On_Windows_a_file_has_no_mode_and_is_closed_to_others_while_it_is_open()
    {
        var options = new WindowsFilePrivacy().CreateOptions(FileMode.CreateNew);

        Assert.Equal(FileShare.None, options.Share);
        Assert.Null(options.UnixCreateMode);
    }

    [Fact]
    public void On_Windows_no_file_counts_as_open_to_other_users_because_files_take_the_access_rights_of_their_folder()
    {
        Assert.False(new WindowsFilePrivacy().IsOpenToOthers(_path));
    }

    [Fact]
    public void On_Linux_and_macOS_only_the_owner_can_read_and_write_a_new_file()
    {
        if (OperatingSystem.IsWindows())
            return;

        var privacy = new UnixFilePrivacy();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, privacy.CreateOptions(FileMode.CreateNew).UnixCreateMode);
        Assert.Equal(FileShare.None, privacy.CreateOptions(FileMode.CreateNew).Share);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, privacy.CreateOptions(FileMode.OpenOrCreate).UnixCreateMode);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite, true)]
    public void On_Linux_and_macOS_a_file_with_a_mode_for_group_or_others_counts_as_open_to_other_users(UnixFileMode mode, bool expected)
    {
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(_path, mode);

        Assert.Equal(expected, new UnixFilePrivacy().IsOpenToOthers(_path));
    }
}
