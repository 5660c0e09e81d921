using System.Text.Json;
using CognitoM2M.Cli.Output;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Cli.Tests;

/// <summary>Runs the tool in process, in a folder of its own, against an emulator of its own.</summary>
public abstract class ToolTest : IAsyncLifetime
{
    /// <summary>A blueprint that applies as it stands.</summary>
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

    protected string BlueprintPath => PathOf("cognito-m2m.json");

    protected string SecretsPath => PathOf("secrets.json");

    /// <summary>Environment variables; at first the address of the emulator.</summary>
    private protected Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What the person at the terminal answers; null if nobody is there.</summary>
    protected bool? Answer { get; set; }

    private protected List<string> Questions { get; } = [];

    /// <summary>Standard input.</summary>
    protected string Input { get; set; } = "";

    /// <summary>Takes the place of the connection to the emulator.</summary>
    private protected Func<AwsCognitoUserPoolApiOptions, ICognitoUserPoolApi>? Connect { get; set; }

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

    /// <summary>Writes the blueprint with one piece of its text replaced.</summary>
    protected void ChangeBlueprint(string before, string after) =>
        Write(BlueprintPath, Blueprint.Replace(before, after, StringComparison.Ordinal));

    protected string PathOf(string fileName) => Path.Combine(_folder.FullName, fileName);

    protected static void Write(string path, string text) => File.WriteAllText(path, text);

    private protected Task<ToolRun> RunAsync(params string[] args) => RunAsync(args, CancellationToken.None);

    private protected async Task<ToolRun> RunAsync(string[] args, CancellationToken cancellationToken, TextWriter? output = null)
    {
        output ??= new StringWriter();
        var error = new StringWriter();
        var host = new ToolHost
        {
            Terminal = new Terminal(
                Terminal.Open(output, isTerminal: false, Variables),
                Terminal.Open(error, isTerminal: false, Variables),
                Answer is null ? null : AskAsync),
            Variables = Variables,
            Input = new StringReader(Input),
            Connect = Connect ?? (options => new AwsCognitoUserPoolApi(options)),
        };

        var exitCode = await ToolCommandLine.RunAsync(args, host, cancellationToken);
        return new ToolRun((ExitCode)exitCode, output.ToString()!, error.ToString());
    }

    private protected async Task ApplyAsync()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", SecretsPath);
        Assert.Equal(ExitCode.Success, run.Code);
    }

    /// <summary>The secret in the file that apply wrote.</summary>
    protected string StoredSecret()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SecretsPath));
        return file.RootElement.GetProperty("CognitoM2M").GetProperty("Clients").GetProperty("billing").GetProperty("ClientSecret").GetString()!;
    }

    private Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        Questions.Add(question);
        return Task.FromResult(Answer!.Value);
    }
}

/// <summary>What a run of the tool showed.</summary>
internal sealed record ToolRun(ExitCode Code, string Output, string Error)
{
    /// <summary>Both streams, as a terminal shows them.</summary>
    public string Everything => Output + Error;

    public JsonElement Json => JsonElement.Parse(Output);
}
