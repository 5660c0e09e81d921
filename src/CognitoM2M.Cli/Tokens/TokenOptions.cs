using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The options of <c>token</c>: which app client requests a token, where, and for which scopes.</summary>
internal sealed class TokenOptions
{
    private readonly Option<string?> _configuration = new("--config")
    {
        Description = $"The JSON configuration file with the app client, such as the file that 'apply --secrets' writes. [default: {TokenRequestSettings.DefaultFile}]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFileToRead,
    };

    private readonly Option<string?> _client = new("--client")
    {
        Description = $"The name of the app client: reads the section {TokenSection.Parent}:NAME. [default: the only app client in {TokenSection.Parent}]",
        HelpName = "NAME",
        CustomParser = TextValue.ParseName,
    };

    private readonly Option<string?> _section = new("--section")
    {
        Description = $"The configuration section of the app client, if it is not in {TokenSection.Parent}. [default: the section of --client]",
        HelpName = "NAME:NAME",
        CustomParser = TextValue.ParseName,
    };

    private readonly Option<string[]?> _scopes = new("--scope")
    {
        Description = "A scope to request, such as orders/read. May be repeated. [default: the scopes in the configuration, or else every allowed scope]",
        HelpName = "SCOPE",
        CustomParser = TextValue.ParseScopes,
    };

    private readonly Option<string?> _clientId = new("--client-id")
    {
        Description = "The id of the app client. Without --config, --client and --section no configuration is read. [default: ClientId in the configuration]",
        HelpName = "ID",
        CustomParser = TextValue.ParseClientId,
    };

    private readonly Option<string?> _secretFile = new("--client-secret-file")
    {
        Description = "A file that holds only the secret, or - for standard input. There is no option for the secret itself, because other users can see command lines. [default: ClientSecret in the configuration]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseSecretFile,
    };

    private readonly Option<string?> _domain = new("--domain")
    {
        Description = "The user pool's domain: its prefix, or the host name of a custom domain. [default: Domain in the configuration]",
        HelpName = "DOMAIN",
        CustomParser = TextValue.ParseDomain,
    };

    private readonly Option<CognitoTokenRoute?> _route = new("--route")
    {
        Description = "How to get the token: from the OAuth 2.0 token endpoint, with the operation GetClientToken, or by the sign-in of the user that the configuration names. [default: Route in the configuration, or else OAuth2]",
        HelpName = "OAuth2|GetClientToken|UserPassword",
        CustomParser = Choice.CreateEnumParser<CognitoTokenRoute>(),
    };

    private readonly Option<Uri?> _tokenEndpoint = new("--token-endpoint")
    {
        Description = "The whole address of the token endpoint: https, or http to loopback or to a host of --plain-http. Replaces --domain. [default: TokenEndpoint in the configuration]",
        HelpName = "URL",
        CustomParser = HttpAddress.ParseSecureAddress,
    };

    public void AddTo(Command command)
    {
        Option[] all = [_configuration, _client, _section, _scopes, _clientId, _secretFile, _domain, _route, _tokenEndpoint];
        foreach (var option in all)
            command.Add(option);

        command.Validators.Add(RefuseContradictions);
    }

    public TokenRequestSettings Read(ParseResult parsed, ToolContext context) => new()
    {
        ConfigurationFile = parsed.GetValue(_configuration),
        Section = parsed.GetValue(_section) ?? (parsed.GetValue(_client) is { } client ? $"{TokenSection.Parent}:{client}" : null),
        Scopes = parsed.GetValue(_scopes) ?? [],
        ClientId = parsed.GetValue(_clientId),
        SecretFile = parsed.GetValue(_secretFile),
        Domain = parsed.GetValue(_domain),
        Region = parsed.GetValue(context.Options.Region),
        Route = parsed.GetValue(_route),
        TokenEndpoint = parsed.GetValue(_tokenEndpoint),
        Aws = context.ReadAwsSettings(parsed),
    };

    private void RefuseContradictions(CommandResult result)
    {
        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };

        if (IsGiven(_client) && IsGiven(_section))
            result.AddError("--client and --section exclude each other.");
        if (IsGiven(_domain) && IsGiven(_tokenEndpoint))
            result.AddError("--domain and --token-endpoint exclude each other.");
        if (IsGiven(_clientId) && !IsGiven(_secretFile) && !IsGiven(_configuration) && !IsGiven(_client) && !IsGiven(_section))
            result.AddError("--client-id needs the secret: add --client-secret-file FILE, or --client-secret-file - for standard input.");
    }
}
