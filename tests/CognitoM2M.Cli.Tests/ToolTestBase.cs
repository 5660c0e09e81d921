using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Running;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests;

/// <summary>Runs the tool in this process. Each test has its own temporary folder and its own emulator.</summary>
public abstract class ToolTestBase : IAsyncLifetime
{
    /// <summary>A blueprint that can be applied without changes.</summary>
    protected const string Blueprint =
        """
        {
          "userPool": { "name": "shop" },
          "domain": { "prefix": "shop-m2m" },
          "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" }, { "name": "write" } ] } ],
          "appClients": [ { "name": "billing", "scopes": [ "orders/read" ], "route": "Both" } ]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    protected CognitoEmulator Cognito { get; private set; } = null!;

    protected string FolderPath => _folder.FullName;

    protected string BlueprintPath => PathOf("cognito-m2m.json");

    protected string SecretsPath => PathOf("secrets.json");

    /// <summary>The environment variables. At first only the address of the emulator is set.</summary>
    private protected Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>The answer to every question; null if no terminal is attached.</summary>
    protected bool? Answer { get; set; }

    private protected List<string> Questions { get; } = [];

    /// <summary>Standard input.</summary>
    protected string Input { get; set; } = "";

    protected bool IsWindows { get; set; }

    /// <summary>Replaces the connection to the emulator.</summary>
    private protected Func<CognitoProvisionerOptions, CognitoProvisioner>? CreateProvisioner { get; set; }

    /// <summary>Replaces the start of a command.</summary>
    private protected Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string>, IChildProcess>? StartProcess { get; set; }

    /// <summary>Gets the signals of the operating system while a command listens.</summary>
    private protected Action<PosixSignal>? OnSignal { get; set; }

    private protected bool IsInForeground { get; set; }

    private protected TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Replaces the DNS server.</summary>
    private protected Func<string, CancellationToken, Task<IPAddress[]>> ResolveHostAsync { get; set; } = Dns.GetHostAddressesAsync;

    private protected IWebProxy? HttpProxy { get; set; }

    /// <summary>The words that start the tool, in the commands that it prints.</summary>
    private protected string CommandName { get; set; } = "cognito-m2m";

    /// <summary>Standard error of the tool; kept for the result by default.</summary>
    private protected TextWriter? ErrorWriter { get; set; }

    public virtual async Task InitializeAsync()
    {
        Cognito = await CognitoEmulator.StartAsync();
        Variables["AWS_ENDPOINT_URL"] = Cognito.BaseAddress.ToString();
        Write(BlueprintPath, Blueprint);
    }

    public virtual async Task DisposeAsync()
    {
        await Cognito.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Writes the blueprint with one part of its text replaced.</summary>
    protected void ChangeBlueprint(string before, string after) =>
        Write(BlueprintPath, Blueprint.Replace(before, after, StringComparison.Ordinal));

    protected string PathOf(string fileName) => Path.Combine(_folder.FullName, fileName);

    protected static void Write(string path, string text) => File.WriteAllText(path, text);

    private protected Task<ToolRun> RunAsync(params string[] args) => RunAsync(args, CancellationToken.None);

    private protected async Task<ToolRun> RunAsync(string[] args, CancellationToken cancellationToken, TextWriter? output = null)
    {
        output ??= new StringWriter();
        var error = ErrorWriter ?? new StringWriter();
        var host = new ToolHost
        {
            Terminal = new Terminal(
                Terminal.Open(output, isTerminal: false, Variables),
                Terminal.Open(error, isTerminal: false, Variables),
                Answer is null ? null : AskAsync),
            Variables = Variables,
            Input = new StringReader(Input),
            CommandName = CommandName,
            IsWindows = IsWindows,
            TimeProvider = Clock,
            ResolveHostAsync = ResolveHostAsync,
            Proxy = HttpProxy,
            CreateProvisioner = CreateProvisioner ?? (options => new CognitoProvisioner(options)),
            StartProcess = StartProcess ?? ((_, _) => throw new InvalidOperationException("No command is expected.")),
            ListenForSignals = ListenForSignals,
            IsInForeground = () => IsInForeground,
        };

        var exitCode = await ToolCommandLine.RunAsync(args, host, cancellationToken);
        return new ToolRun((ExitCode)exitCode, output.ToString()!, error.ToString()!);
    }

    private protected async Task ApplyAsync()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", SecretsPath);
        Assert.Equal(ExitCode.Success, run.Code);
    }

    /// <summary>Reads the secret from the file that <see cref="ApplyAsync"/> wrote.</summary>
    protected string ReadStoredSecret()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SecretsPath));
        return file.RootElement.GetProperty("CognitoM2M").GetProperty("Clients").GetProperty("billing").GetProperty("ClientSecret").GetString()!;
    }

    private Listening ListenForSignals(Action<PosixSignal> handle)
    {
        OnSignal = handle;
        return new Listening(this);
    }

    private sealed class Listening(ToolTestBase test) : IDisposable
    {
        public void Dispose() => test.OnSignal = null;
    }

    private Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        Questions.Add(question);
        return Task.FromResult(Answer!.Value);
    }
}
