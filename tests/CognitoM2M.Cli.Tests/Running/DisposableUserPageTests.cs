using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Running;

/// <summary>The commands of docs/ci-users.md, run as processes against the emulator, with <c>dotnet test</c> and the tests of the sample.</summary>
public sealed partial class DisposableUserPageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");
    private readonly string _page = Checkout.Read("docs/ci-users.md");
    private CognitoEmulator _cognito = null!;

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "cognito-m2m.json"), Block().Match(_page).Groups["text"].Value);
    }

    public async Task DisposeAsync()
    {
        await _cognito.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [LinuxTheory]
    [InlineData(0)]
    public async Task Commands_of_the_page_succeed_as_written(int exitCode)
    {
        var outputs = new List<string>();
        foreach (var command in ListCommands())
        {
            var (code, output, error) = await RunAsync(command);
            Assert.True(exitCode == code, $"{command}\n{output}{error}");
            outputs.Add(output);
        }

        Assert.Equal(3, outputs.Count);
        Assert.Contains("Passed!  - Failed:     0, Passed:     2", outputs[1], StringComparison.Ordinal);
        Assert.Contains("There is no temporary user of this age.", outputs[2], StringComparison.Ordinal);
        Assert.Empty(Assert.Single(_cognito.UserPools).Users);
    }

    [LinuxTheory]
    [InlineData("refused sign-in")]
    public async Task Failing_tests_leave_no_user_and_fail_the_step(string _)
    {
        await RunAsync(ListCommands()[0]);
        await ChangeSettingsAsync("\"ClientId\": \"", "\"ClientId\": \"x");

        var (code, output, _) = await RunAsync(ListCommands()[1]);

        Assert.Equal(1, code);
        Assert.Contains("Failed!", output, StringComparison.Ordinal);
        Assert.Empty(Assert.Single(_cognito.UserPools).Users);
    }

    [LinuxTheory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task Stopped_tests_leave_no_user(PosixSignal signal)
    {
        await RunAsync(ListCommands()[0]);
        var pool = Assert.Single(_cognito.UserPools);
        // A server that never answers, so that the signal comes while the tests run.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await ChangeSettingsAsync(_cognito.BaseAddress.AbsoluteUri, $"http://{silent.LocalEndpoint}/");
        using var tool = Start(ListCommands()[1]);
        using var request = await silent.AcceptTcpClientAsync();
        Assert.Single(pool.Users);

        tool.Send(signal);
        var (_, _, error) = await tool.WaitAsync();

        Assert.Contains("Deleted the temporary user", error, StringComparison.Ordinal);
        Assert.Empty(pool.Users);
    }

    private async Task ChangeSettingsAsync(string before, string after)
    {
        var path = Path.Combine(_folder.FullName, "settings.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>The commands of the part that needs no AWS.</summary>
    private List<string[]> ListCommands() =>
    [
        .. ShellBlock().Matches(_page[.._page.IndexOf("## GitHub Actions", StringComparison.Ordinal)])
            .SelectMany(block => block.Groups["text"].Value.Split('\n'))
            .Select(line => line.Trim().Split(' '))
            .Where(words => words[0] == "cognito-m2m")
            .Select(words => words[1..]),
    ];

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] command)
    {
        using var tool = Start(command);
        return await tool.WaitAsync();
    }

    private ToolProcess Start(string[] command) => ToolProcess.Start(
        _cognito.BaseAddress,
        _folder.FullName,
        [.. command.Select(word => word == "samples/DisposableUser" ? Path.Combine(Checkout.Root(), word) : word)],
        ("SETTINGS_FILE", Path.Combine(_folder.FullName, "settings.json")),
        ("Configuration", typeof(DisposableUserPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Configuration").Value!));

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlock();
}
