using CognitoM2M.Cli.Aws;

namespace CognitoM2M.Cli.Doctor;

/// <summary>What is examined: one app client, and where its tokens come from and go to.</summary>
internal sealed record Subject
{
    /// <summary>The settings of the app client, valid as the library checks them.</summary>
    public required CognitoM2MClientOptions Options { get; init; }

    /// <summary>The address that token requests are posted to.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The domain that Cognito can be asked about; null if there is none, or if its name is not known.</summary>
    public string? Domain { get; init; }

    /// <summary>The user pool that the tokens must come from; null if the user does not say.</summary>
    public string? UserPoolId { get; init; }

    /// <summary>Where the user says that the key set is; null for the address that belongs to the user pool.</summary>
    public Uri? KeySetAddress { get; init; }

    /// <summary>The key set that the user gives as a file; null if it has to be downloaded.</summary>
    public string? KeySet { get; init; }

    /// <summary>The API that the tokens are for; null if the user names none.</summary>
    public Uri? Api { get; init; }

    /// <summary>The account that owns the user pool.</summary>
    public required AwsSettings Aws { get; init; }

    /// <summary>Whether the tokens come from the OAuth 2.0 token endpoint.</summary>
    public bool UsesTokenEndpoint => Options.Route == CognitoTokenRoute.OAuth2;

    /// <summary>Whether a user signs in to get the tokens.</summary>
    public bool SignsIn => Options.Route == CognitoTokenRoute.UserPassword;

    /// <summary>Whether the app client is configured with a secret.</summary>
    public bool HasSecret => !string.IsNullOrEmpty(Options.ClientSecret) || Options.ClientSecretFile is not null;

    /// <summary>The address of the emulator; null on AWS.</summary>
    public Uri? EmulatorAddress => Aws.EmulatorAddress ?? (AwsSettings.IsEmulator(Endpoint) ? new Uri(Endpoint, "/") : null);

    // The text leaves the members out, because the options hold the secret.
    public override string ToString() => $"app client {Options.ClientId} at {Endpoint}";
}
