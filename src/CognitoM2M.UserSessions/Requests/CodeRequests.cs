using System.Net.Http.Headers;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>Makes the request that exchanges an authorization code (RFC 6749, section 4.1.3; RFC 7636, section 4.5).</summary>
internal static class CodeRequests
{
    public static SessionRequest Create(Uri endpoint, string clientId, string? clientSecret, string code, string redirectUri, string codeVerifier) => new()
    {
        Operation = "token",
        Step = SessionStep.CodeExchange,
        Quota = RequestQuota.UserAuthentication,
        Secrets = clientSecret is null ? [code, codeVerifier] : [code, codeVerifier, clientSecret],
        Create = () => CreateMessage(endpoint, clientId, clientSecret, code, redirectUri, codeVerifier),
        ReadError = static (_, body) => new JsonApiError(ReadError(body), ""),
    };

    private static HttpRequestMessage CreateMessage(Uri endpoint, string clientId, string? clientSecret, string code, string redirectUri, string codeVerifier)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"),
            new("client_id", clientId),
            new("code", code),
            new("redirect_uri", redirectUri),
            new("code_verifier", codeVerifier),
        };
        var message = new HttpRequestMessage(HttpMethod.Post, endpoint);
        // Cognito answers some Accept lists with an empty 405.
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (clientSecret is not null)
        {
            message.Headers.Authorization = BasicCredentials.Create(clientId, clientSecret);
            if (message.Headers.Authorization is null)
                form.Add(new("client_secret", clientSecret));
        }

        message.Content = new FormUrlEncodedContent(form);
        return message;
    }

    private static string? ReadError(JsonElement? body) =>
        body is { } json && json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString() : null;
}
