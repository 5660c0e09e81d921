using System.Text.Json;
using CognitoM2M.Settings;

namespace CognitoM2M.TokenEndpoint;

/// <summary>One way to ask Cognito for a token: how the request is written and how the answer is read.</summary>
internal abstract class TokenRoute
{
    public static TokenRoute Of(CognitoTokenRoute route) =>
        route == CognitoTokenRoute.OAuth2 ? OAuth2Route.Instance : GetClientTokenRoute.Instance;

    /// <param name="client">Who asks.</param>
    /// <param name="secret">What proves it.</param>
    /// <param name="scopes">In canonical form; empty to ask for all.</param>
    /// <param name="metadata">In canonical form; empty for none.</param>
    public abstract HttpRequestMessage CreateRequest(AppClientSettings client, string secret, string scopes, string metadata);

    /// <summary>Reads the body of an answer that reports success.</summary>
    /// <exception cref="InvalidTokenResponseException">It is not a token response.</exception>
    public abstract TokenResponse ReadToken(JsonElement body);

    /// <summary>The error that an answer names; null if it names none.</summary>
    /// <param name="response">For its headers.</param>
    /// <param name="body">Null if it is not a JSON object.</param>
    public abstract string? ReadError(HttpResponseMessage response, JsonElement? body);
}
