using CognitoM2M.Cli.Aws;

namespace CognitoM2M.Cli.Tokens;

/// <summary>What the options of <c>token</c> say; null where an option is not given.</summary>
internal sealed record TokenRequestSettings
{
    /// <summary>The file that is read if no other is named.</summary>
    public const string DefaultFile = "cognito-m2m.secrets.json";

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

    /// <summary>Whether the options alone describe the app client, so that no configuration is read.</summary>
    public bool AreComplete => ClientId is not null && ConfigurationFile is null && Section is null;
}
