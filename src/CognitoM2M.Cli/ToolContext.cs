using System.CommandLine;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli;

/// <summary>What all commands share.</summary>
internal sealed class ToolContext(ToolHost host)
{
    public ToolHost Host { get; } = host;

    public Terminal Terminal => Host.Terminal;

    public GlobalOptions Options { get; } = new();

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(Options.Json);

    public AwsSettings AwsSettings(ParseResult parsed) => Aws.AwsSettings.From(
        Host, parsed.GetValue(Options.EndpointUrl), parsed.GetValue(Options.Region), parsed.GetValue(Options.Profile));

    public ProvisioningSession OpenSession(ParseResult parsed) => ProvisioningSession.Open(Host, AwsSettings(parsed));
}
