using System.Diagnostics;
using System.Net.Sockets;

namespace CognitoM2M.Provisioning.Tests.Secrets;

public sealed class FileKindTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    private string SecretsPath => Path.Combine(_folder.FullName, "secrets.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Pipe_is_refused_at_once_and_stays()
    {
        if (OperatingSystem.IsWindows())
            return;

        CreatePipe(SecretsPath);

        await AssertRefusedAsync(SecretsPath);

        Assert.Equal([SecretsPath], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task Link_to_a_pipe_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;

        var pipe = Path.Combine(_folder.FullName, "pipe");
        CreatePipe(pipe);
        File.CreateSymbolicLink(SecretsPath, pipe);

        await AssertRefusedAsync(SecretsPath);
    }

    [Fact]
    public async Task Socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SecretsPath));

        await AssertRefusedAsync(SecretsPath);
    }

    [Fact]
    public async Task Folder_is_refused()
    {
        Directory.CreateDirectory(SecretsPath);

        await AssertRefusedAsync(SecretsPath);
    }

    [Fact]
    public async Task Device_is_refused_and_no_lock_file_is_created_beside_it()
    {
        if (OperatingSystem.IsWindows())
            return;

        await AssertRefusedAsync("/dev/null");

        Assert.False(File.Exists("/dev/.null.lock"));
    }

    [Fact]
    public async Task Pipe_in_the_place_of_the_lock_file_does_not_block()
    {
        if (OperatingSystem.IsWindows())
            return;

        CreatePipe(Path.Combine(_folder.FullName, ".secrets.json.lock"));

        await StoringProcess.StoreAsync(SecretsPath, "one", 1);

        Assert.Contains("secret0", await File.ReadAllTextAsync(SecretsPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipe_in_the_place_of_the_new_content_is_removed()
    {
        if (OperatingSystem.IsWindows())
            return;

        CreatePipe(Path.Combine(_folder.FullName, ".secrets.json.new"));

        await StoringProcess.StoreAsync(SecretsPath, "one", 1);

        Assert.Contains("secret0", await File.ReadAllTextAsync(SecretsPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_can_be_stored_in_an_empty_file()
    {
        await File.WriteAllTextAsync(SecretsPath, "");

        await StoringProcess.StoreAsync(SecretsPath, "one", 1);

        Assert.Contains("secret0", await File.ReadAllTextAsync(SecretsPath), StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(string path)
    {
        var sink = new FileSecretSink(path);

        var prepare = await Assert.ThrowsAsync<IOException>(async () => await sink.PrepareAsync(default));
        await Assert.ThrowsAsync<IOException>(() => StoringProcess.StoreAsync(path, "one", 1));

        Assert.EndsWith("is not a regular file. Name a regular file, or a file that does not exist yet.", prepare.Message, StringComparison.Ordinal);
    }

    private static void CreatePipe(string path)
    {
        using var tool = Process.Start("mkfifo", [path]);
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
    }
}
