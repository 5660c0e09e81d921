using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options that say how the emulator behaves.</summary>
internal sealed class EmulateOptions
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "The TCP port; 0 takes any free one.",
        HelpName = "PORT",
        CustomParser = WholeNumber.Between(0, ushort.MaxValue),
        DefaultValueFactory = _ => 9595,
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Keep everything in this file over a restart: pools, secrets, signing keys. Mode 0600. [default: nothing is kept]",
        HelpName = "FILE",
    };

    private readonly Option<bool> _enforceQuotas = new("--enforce-quotas") { Description = "Refuse requests beyond Cognito's rates." };

    private readonly Option<int?> _domainDelay = new("--domain-delay")
    {
        Description = "How long the token endpoint of a new domain cannot be found. [default: token requests need no domain]",
        HelpName = "SECONDS",
        CustomParser = result => WholeNumber.Between(0, 86_400)(result),
    };

    private readonly Option<bool> _loopbackIssuer = new("--loopback-issuer")
    {
        Description = "Tokens name the emulator's address as their issuer, for verifiers that find keys through the issuer.",
    };

    private readonly Option<bool> _checkSignatures = new("--check-signatures")
    {
        Description = "Accept only requests signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this shell.",
    };

    public void AddTo(Command command)
    {
        Option[] all = [_port, _state, _enforceQuotas, _domainDelay, _loopbackIssuer, _checkSignatures];
        foreach (var option in all)
            command.Add(option);
    }

    public CognitoEmulatorOptions From(ParseResult parsed, ToolHost host, string region) => new()
    {
        Port = parsed.GetValue(_port),
        Region = region,
        Issuer = parsed.GetValue(_loopbackIssuer) ? EmulatedIssuer.Loopback : EmulatedIssuer.Original,
        EnforceQuotas = parsed.GetValue(_enforceQuotas),
        DomainDelay = parsed.GetValue(_domainDelay) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        StateFile = parsed.GetValue(_state),
        RequiredCredentials = parsed.GetValue(_checkSignatures) ? CredentialsOf(host) : null,
        TimeProvider = host.TimeProvider,
    };

    private static EmulatorCredentials CredentialsOf(ToolHost host) =>
        host.Variable("AWS_ACCESS_KEY_ID") is { } id && host.Variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new EmulatorCredentials(id, secret)
            : throw new ToolException(
                ExitCode.Usage, "--check-signatures needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; any values will do.");
}
