using CognitoM2M.Cli.Aws;

namespace CognitoM2M.Cli.Tokens;

/// <summary>What the command line says about a token; null where it says nothing.</summary>
internal sealed record TokenRequestSettings
{
    public const string DefaultFile = "cognito-m2m.secrets.json";

    public const string ParentSection = "CognitoM2M:Clients";

    public string? ConfigurationFile { get; init; }

    public string? Section { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? ClientId { get; init; }

    public string? SecretFile { get; init; }

    public string? Domain { get; init; }

    public string? Region { get; init; }

    public CognitoTokenRoute? Route { get; init; }

    public Uri? TokenEndpoint { get; init; }

    public required AwsSettings Aws { get; init; }
}
