using System.Collections.Immutable;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>A valid request for an authorization code.</summary>
internal sealed record AuthorizationRequest
{
    public required EmulatedAppClient Client { get; init; }

    public required string RedirectUri { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public required TokenForm Parameters { get; init; }

    public string? State => Parameters["state"];

    public AuthorizationGrant CreateGrant(string sub, DateTimeOffset authenticatedAt) => new(
        Client.ClientId, RedirectUri, sub, authenticatedAt, Scopes, Parameters["nonce"], Parameters["code_challenge"]);

    /// <summary>Reads and checks a request.</summary>
    /// <exception cref="AuthorizationRefusedException">The request is wrong.</exception>
    public static AuthorizationRequest Read(TokenForm parameters, UserPoolDirectory userPools)
    {
        // Nothing may be sent to an address before it is known to be the client's own.
        if (parameters.HasRepeatedParameter)
            throw new AuthorizationRefusedException(OAuthError.InvalidRequest, "A parameter is repeated.");
        if (userPools.FindClient(parameters["client_id"]) is not { Settings: var settings } client)
            throw new AuthorizationRefusedException(OAuthError.InvalidRequest, "Client does not exist.");
        if (RedirectUris.FindCallback(settings, parameters["redirect_uri"]) is not { } redirectUri)
        {
            throw new AuthorizationRefusedException(
                "redirect_mismatch", "The redirect_uri is missing or is not one of the callback URLs of the app client.");
        }

        if (FindError(parameters, settings) is var (error, description))
            throw Refuse(error, description);
        var requested = parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var scopes = ScopeGrant.DecideForUser(client.UserPool, settings, requested);
        if (scopes.IsEmpty)
            throw Refuse(OAuthError.InvalidScope, "A scope is not allowed for the app client.");

        return new AuthorizationRequest { Client = client, RedirectUri = redirectUri, Scopes = scopes, Parameters = parameters };

        AuthorizationRefusedException Refuse(string error, string description) =>
            new(error, description) { RedirectUri = redirectUri, State = parameters["state"] };
    }

    private static (string Error, string Description)? FindError(TokenForm parameters, AppClientSettings settings)
    {
        var (challenge, method) = (parameters["code_challenge"], parameters["code_challenge_method"]);
        return parameters["response_type"] switch
        {
            null => (OAuthError.InvalidRequest, "The response_type is missing."),
            not "code" => (OAuthError.UnsupportedResponseType, "The emulator supports the response_type code only."),
            _ when !settings.AllowedOAuthFlowsUserPoolClient || !settings.AllowsCodeFlow =>
                (OAuthError.UnauthorizedClient, "The code flow is not allowed for the app client."),
            _ when !SignsInUsersOfPool(settings) =>
                (OAuthError.UnauthorizedClient, "SupportedIdentityProviders of the app client do not contain COGNITO."),
            _ when FindUnsupported(parameters) is { } name => (OAuthError.InvalidRequest, $"The emulator does not support the parameter {name}."),
            _ when (challenge is null) != (method is null) || method is not (null or CodeVerifier.Method) =>
                (OAuthError.InvalidRequest, $"code_challenge needs code_challenge_method={CodeVerifier.Method}."),
            _ when challenge is not null && !CodeVerifier.IsChallenge(challenge) =>
                (OAuthError.InvalidRequest, "code_challenge is not a SHA-256 hash in base64url."),
            _ => null,
        };
    }

    private static bool SignsInUsersOfPool(AppClientSettings settings) =>
        settings.Others.Find("SupportedIdentityProviders") is not { } providers
        || providers.GetArrayLength() == 0
        || providers.EnumerateArray().Any(provider => provider.ValueEquals("COGNITO"));

    private static string? FindUnsupported(TokenForm parameters) =>
        parameters["resource"] is not null ? "resource"
        : parameters["idp_identifier"] is not null ? "idp_identifier"
        : parameters["identity_provider"] is not (null or "COGNITO") ? "identity_provider"
        : parameters["response_mode"] is not (null or "query") ? "response_mode"
        : null;
}
