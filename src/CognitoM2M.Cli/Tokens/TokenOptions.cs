using System.CommandLine;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The options that say which app client asks for a token, where, and for what.</summary>
internal sealed class TokenOptions
{
    private readonly Option<string?> _configuration = new("--config")
    {
        Description = $"The configuration file, such as 'apply --secrets' writes. [default: {TokenRequestSettings.DefaultFile}]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _client = new("--client")
    {
        Description = "The app client: the section CognitoM2M:Clients:NAME. [default: the only one]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _section = new("--section")
    {
        Description = "The section of the app client, if it is not in CognitoM2M:Clients.",
        HelpName = "NAME:NAME",
    };

    private readonly Option<string[]> _scopes = new("--scope") { Description = "A scope to ask for; may be repeated.", HelpName = "SCOPE" };

    private readonly Option<string?> _clientId = new("--client-id")
    {
        Description = "The app client's id. With it no file is needed.",
        HelpName = "ID",
    };

    private readonly Option<string?> _secretFile = new("--client-secret-file")
    {
        Description = "The file that holds the secret alone, or - for standard input. On a command line others could read it.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _domain = new("--domain")
    {
        Description = "The domain: its prefix, or a host name.",
        HelpName = "DOMAIN",
    };

    private readonly Option<CognitoTokenRoute?> _route = new("--route")
    {
        Description = "The route to the token. [default: OAuth2]",
        HelpName = "OAuth2|GetClientToken",
    };

    private readonly Option<Uri?> _tokenEndpoint = new("--token-endpoint")
    {
        Description = "The whole address of the token endpoint.",
        HelpName = "URL",
        CustomParser = GlobalOptions.ParseHttpAddress,
    };

    public void AddTo(Command command)
    {
        Option[] all = [_configuration, _client, _section, _scopes, _clientId, _secretFile, _domain, _route, _tokenEndpoint];
        foreach (var option in all)
            command.Add(option);

        command.Validators.Add(result =>
        {
            if (result.GetResult(_client) is not null && result.GetResult(_section) is not null)
                result.AddError("--client and --section exclude each other.");
        });
    }

    public TokenRequestSettings From(ParseResult parsed, ToolContext context) => new()
    {
        ConfigurationFile = parsed.GetValue(_configuration),
        Section = parsed.GetValue(_section) ?? SectionOf(parsed.GetValue(_client)),
        Scopes = parsed.GetValue(_scopes) ?? [],
        ClientId = parsed.GetValue(_clientId),
        SecretFile = parsed.GetValue(_secretFile),
        Domain = parsed.GetValue(_domain),
        Region = parsed.GetValue(context.Options.Region),
        Route = parsed.GetValue(_route),
        TokenEndpoint = parsed.GetValue(_tokenEndpoint),
        Aws = context.AwsSettings(parsed),
    };

    private static string? SectionOf(string? client) => client is null ? null : $"{TokenRequestSettings.ParentSection}:{client}";
}
