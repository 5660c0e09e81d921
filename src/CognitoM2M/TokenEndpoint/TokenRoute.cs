using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>One of the two routes of machines to Cognito: how the token request is written and how the response is read.</summary>
internal abstract class TokenRoute
{
    public static TokenRoute Find(CognitoTokenRoute route) =>
        route == CognitoTokenRoute.OAuth2 ? OAuth2Route.Instance : GetClientTokenRoute.Instance;

    /// <param name="settings">The app client.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="scopes">The scopes in canonical form; empty to ask for every allowed scope.</param>
    /// <param name="metadata">The client metadata in canonical form; empty for none.</param>
    public abstract HttpRequestMessage CreateRequest(AppClientSettings settings, string secret, string scopes, string metadata);

    /// <summary>Reads the body of a successful response.</summary>
    /// <exception cref="InvalidTokenResponseException">The body is not a token response.</exception>
    public abstract TokenResponse ReadToken(JsonElement body);

    /// <summary>Reads the name of the error in a response; null if there is none.</summary>
    /// <param name="response">The response, for its headers.</param>
    /// <param name="body">Its body; null if the body is not a JSON object.</param>
    public abstract string? ReadError(HttpResponseMessage response, JsonElement? body);
}
