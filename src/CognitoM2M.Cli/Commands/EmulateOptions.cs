using System.CommandLine;
using System.Net;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options of <c>emulate</c>: how the emulator behaves.</summary>
internal sealed class EmulateOptions
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "The TCP port, from 0 to 65535. 0 takes any free port.",
        HelpName = "PORT",
        CustomParser = WholeNumber.CreateParser(0, ushort.MaxValue),
        DefaultValueFactory = _ => 9595,
    };

    private readonly Option<IPEndPoint?> _listen = new("--listen")
    {
        Description = "The address and the port to listen on, such as 0.0.0.0:9229. On an address that is not loopback, others can read everything in the emulator. [default: 127.0.0.1, and --port]",
        HelpName = "ADDRESS:PORT",
        CustomParser = ListenAddress.Parse,
    };

    private readonly Option<Uri?> _publicUrl = new("--public-url")
    {
        Description = "The address by which others reach the emulator, such as http://cognito:9229. Shown addresses and the issuer of --loopback-issuer begin with it, and requests to its host are accepted. [default: the address it listens on]",
        HelpName = "URL",
        CustomParser = HttpAddress.ParseServer,
    };

    private readonly Option<string[]?> _allowedHosts = new("--allow-host")
    {
        Description = "A further host name that requests may be sent to. May be repeated. [default: loopback names, the host of --public-url, and Cognito's own names]",
        HelpName = "HOST",
        CustomParser = TextValue.ParseHostNames,
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Keep user pools, secrets and signing keys in this file (mode 0600), so that a restart finds them. [default: nothing is kept]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFileToWrite,
    };

    private readonly Option<string[]?> _seeds = new("--seed")
    {
        Description = "Create what this blueprint describes and the emulator does not have, with the ids and secrets in it. May be repeated. [default: nothing is created]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFilesToRead,
    };

    private readonly Option<bool> _enforceQuotas = Flag.Create(
        "--enforce-quotas", "Reject requests above Cognito's request rates. [default: every rate is accepted]");

    private readonly Option<int?> _domainDelay = new("--domain-delay")
    {
        Description = "How long after its creation a domain has no token endpoint, from 0 to 86400 seconds. [default: token requests need no domain]",
        HelpName = "SECONDS",
        CustomParser = result => WholeNumber.CreateParser(0, 86_400)(result),
    };

    private readonly Option<bool> _loopbackIssuer = Flag.Create(
        "--loopback-issuer", "Issue tokens whose issuer is the emulator's address, for verifiers that find the key set through the issuer. [default: Cognito's issuer]");

    private readonly Option<bool> _checkSignatures = Flag.Create(
        "--check-signatures", "Accept only requests that are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this shell. [default: signatures are ignored]");

    private readonly Option<bool> _noPage = Flag.Create(
        "--no-page", "Show no page at the emulator's address. [default: the page shows what the emulator holds and what happens in it]");

    private readonly Option<bool> _pageEverywhere = Flag.Create(
        "--page-everywhere", "Show the page, secrets included, to everybody who reaches the emulator. [default: browsers on this machine see the page]");

    public void AddTo(Command command)
    {
        Option[] all = [_port, _listen, _publicUrl, _allowedHosts, _state, _seeds, _enforceQuotas, _domainDelay, _loopbackIssuer, _checkSignatures, _noPage, _pageEverywhere];
        foreach (var option in all)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_listen) is not null && result.GetResult(_port) is { Implicit: false })
                result.AddError("--listen names the port, too. Leave --port out.");
            if (result.GetValue(_noPage) && result.GetValue(_pageEverywhere))
                result.AddError("--no-page and --page-everywhere contradict each other. Leave one of them out.");
        });
    }

    /// <summary>The blueprints to create.</summary>
    public IReadOnlyList<string> ReadSeeds(ParseResult parsed) => parsed.GetValue(_seeds) ?? [];

    public CognitoEmulatorOptions Read(ParseResult parsed, ToolHost host, string region, EmulatorSeed seed) => new()
    {
        Seed = seed.CreateAsync,
        Port = parsed.GetValue(_listen)?.Port ?? parsed.GetValue(_port),
        ListenAddress = parsed.GetValue(_listen)?.Address ?? IPAddress.Loopback,
        PublicUrl = parsed.GetValue(_publicUrl),
        AllowedHosts = parsed.GetValue(_allowedHosts) ?? [],
        Region = region,
        Issuer = parsed.GetValue(_loopbackIssuer) ? EmulatedIssuer.Loopback : EmulatedIssuer.Original,
        EnforceQuotas = parsed.GetValue(_enforceQuotas),
        DomainDelay = parsed.GetValue(_domainDelay) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        StateFile = parsed.GetValue(_state),
        RequiredCredentials = parsed.GetValue(_checkSignatures) ? ReadCredentials(host) : null,
        Page = parsed.GetValue(_noPage) ? EmulatorPage.Off : parsed.GetValue(_pageEverywhere) ? EmulatorPage.AllAddresses : EmulatorPage.Loopback,
        TimeProvider = host.TimeProvider,
    };

    private static EmulatorCredentials ReadCredentials(ToolHost host) =>
        host.FindValue("AWS_ACCESS_KEY_ID") is { } id && host.FindValue("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new EmulatorCredentials(id, secret)
            : throw new ToolException(
                ExitCode.Usage, "--check-signatures needs the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Set them to any values.");
}
