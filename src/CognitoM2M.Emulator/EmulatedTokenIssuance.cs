namespace CognitoM2M.Emulator;

/// <summary>
/// A token request that was accepted, and what the token will hold. <see cref="EmulatedUserPool.OnTokenIssuing"/> may change it, within the
/// rules of Cognito's pre token generation trigger with event version <c>V3_0</c>.
/// </summary>
public sealed class EmulatedTokenIssuance
{
    private const string ForAppClient = "TokenGeneration_ClientCredentials";

    internal EmulatedTokenIssuance(
        EmulatedAppClient appClient, IReadOnlyList<string> scopes, IReadOnlyDictionary<string, string> clientMetadata)
        : this(appClient, ForAppClient, "ClientCredentials", scopes, clientMetadata)
    {
    }

    internal EmulatedTokenIssuance(
        EmulatedAppClient appClient,
        string triggerSource,
        string userName,
        IReadOnlyList<string> scopes,
        IReadOnlyDictionary<string, string> clientMetadata)
    {
        AppClient = appClient;
        TriggerSource = triggerSource;
        UserName = userName;
        Scopes = scopes;
        ClientMetadata = clientMetadata;
    }

    /// <summary>Why the token is issued, in Cognito's words.</summary>
    /// <value>
    /// <c>TokenGeneration_ClientCredentials</c> for a token of an app client of its own. For tokens of users
    /// <c>TokenGeneration_Authentication</c>, <c>TokenGeneration_NewPasswordChallenge</c>, <c>TokenGeneration_RefreshTokens</c> or
    /// <c>TokenGeneration_HostedAuth</c> (sign-in at <c>/oauth2/authorize</c>).
    /// </value>
    public string TriggerSource { get; }

    /// <summary>The app client that gets the token.</summary>
    public EmulatedAppClient AppClient { get; }

    /// <summary>The user of the token.</summary>
    /// <value><c>ClientCredentials</c> for a token of an app client of its own, as in Cognito.</value>
    public string UserName { get; }

    /// <summary>The scopes that were granted, before any change.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>What the caller sent as <c>aws_client_metadata</c> (token endpoint) or <c>ClientMetadata</c> (<c>GetClientToken</c>).</summary>
    /// <value>Empty if the caller sent nothing.</value>
    public IReadOnlyDictionary<string, string> ClientMetadata { get; }

    /// <summary>The changes of the access token.</summary>
    public EmulatedTokenChanges AccessToken { get; } = new();

    internal bool IsForUser => TriggerSource != ForAppClient;
}
