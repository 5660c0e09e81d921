using System.CommandLine;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli;

/// <summary>What every command gets: the host, the options that all commands have, and what follows from both.</summary>
internal sealed class ToolContext(ToolHost host)
{
    public ToolHost Host { get; } = host;

    public Terminal Terminal => Host.Terminal;

    public GlobalOptions Options { get; } = new();

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(Options.Json);

    /// <summary>Finds the variables of blueprints: first on the command line, then in the environment.</summary>
    public Func<string, string?> ReadVariables(ParseResult parsed)
    {
        var given = parsed.GetValue(Options.Variables);
        return name => given?.GetValueOrDefault(name) ?? Host.Variables.GetValueOrDefault(name);
    }

    public IReadOnlyList<string> ReadPlainHttpHosts(ParseResult parsed) => parsed.GetValue(Options.PlainHttp) ?? [];

    public AwsSettings ReadAwsSettings(ParseResult parsed) => AwsSettings.Read(
        Host, parsed.GetValue(Options.EndpointUrl), parsed.GetValue(Options.Region), parsed.GetValue(Options.Profile), ReadPlainHttpHosts(parsed));

    public CognitoProvisioner CreateProvisioner(ParseResult parsed) =>
        Host.CreateProvisioner(ReadAwsSettings(parsed).CreateProvisionerOptions(Host.TimeProvider));
}
