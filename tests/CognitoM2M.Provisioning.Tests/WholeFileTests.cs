using System.Diagnostics;
using CognitoM2M.Provisioning.Tests.Fakes;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Tests;

public sealed class WholeFileTests : IDisposable
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private string Target => Path.Combine(_folder.FullName, "plan.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reader_that_has_a_saved_plan_open_sees_the_former_plan_whole()
    {
        var saved = SavedPlan.Create(await new FakeAccount().PlanAsync(FakeAccount.Acme));
        await File.WriteAllTextAsync(Target, "former");
        using var reader = new StreamReader(new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        await saved.SaveAsync(Target);

        Assert.Equal("former", await reader.ReadToEndAsync());
        Assert.Equal(saved.ToJson() + "\n", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task Interruption_leaves_the_former_content_and_nothing_else()
    {
        await File.WriteAllTextAsync(Target, "former");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WholeFile.WriteAsync(Target, "next", overwrite: true, stop.Token));

        Assert.Equal("former", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task Existing_file_stays_unless_it_may_be_replaced()
    {
        await File.WriteAllTextAsync(Target, "former");

        await Assert.ThrowsAsync<IOException>(() => WholeFile.WriteAsync(Target, "next", overwrite: false, default));

        Assert.Equal("former", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task Existing_file_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
            return;

        await File.WriteAllTextAsync(Target, "former");
        File.SetUnixFileMode(Target, OwnerAndGroup);

        await WholeFile.WriteAsync(Target, "next", overwrite: true, default);

        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(Target));
        Assert.Equal("next", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task Symbolic_link_is_followed_and_stays_a_link()
    {
        var link = Path.Combine(_folder.FullName, "link.json");
        await File.WriteAllTextAsync(Target, "former");
        File.CreateSymbolicLink(link, Target);

        await WholeFile.WriteAsync(link, "next", overwrite: true, default);

        Assert.Equal(Target, new FileInfo(link).LinkTarget);
        Assert.Equal("next", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task Pipe_gets_the_text_and_stays_a_pipe()
    {
        if (OperatingSystem.IsWindows())
            return;

        using (var make = Process.Start("mkfifo", Target))
            await make.WaitForExitAsync();

        var reading = Task.Run(() => File.ReadAllText(Target));
        await WholeFile.WriteAsync(Target, "next", overwrite: true, default);

        Assert.Equal("next", await reading);
        Assert.False(FileKind.IsMissingOrRegular(Target));
    }

    [Fact]
    public async Task Folder_is_refused()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => WholeFile.WriteAsync(_folder.FullName, "next", overwrite: true, default));

        Assert.Contains("is a folder", failure.Message, StringComparison.Ordinal);
    }
}
