namespace CognitoM2M.Emulator;

/// <summary>
/// A token request that was accepted, and what the token will hold. <see cref="EmulatedUserPool.OnTokenIssuing"/> may change it, within the
/// rules of Cognito's pre token generation trigger with event version <c>V3_0</c>.
/// </summary>
public sealed class EmulatedTokenIssuance
{
    internal EmulatedTokenIssuance(
        EmulatedAppClient appClient, IReadOnlyList<string> scopes, IReadOnlyDictionary<string, string> clientMetadata)
    {
        AppClient = appClient;
        Scopes = scopes;
        ClientMetadata = clientMetadata;
    }

    /// <summary>Why the token is issued, in Cognito's words.</summary>
    /// <value><c>TokenGeneration_ClientCredentials</c> for a token of an app client of its own.</value>
    public string TriggerSource { get; } = "TokenGeneration_ClientCredentials";

    /// <summary>The app client that gets the token.</summary>
    public EmulatedAppClient AppClient { get; }

    /// <summary>The user of the token.</summary>
    /// <value><c>ClientCredentials</c> for a token of an app client of its own, as in Cognito.</value>
    public string UserName { get; } = "ClientCredentials";

    /// <summary>The scopes that were granted, before any change.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>What the caller sent as <c>aws_client_metadata</c> (token endpoint) or <c>ClientMetadata</c> (<c>GetClientToken</c>).</summary>
    /// <value>Empty if the caller sent nothing.</value>
    public IReadOnlyDictionary<string, string> ClientMetadata { get; }

    /// <summary>The changes of the access token.</summary>
    public EmulatedTokenChanges AccessToken { get; } = new();
}
