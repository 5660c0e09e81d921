using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CognitoM2M.Settings;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The OAuth 2.0 token endpoint: RFC 6749, section 4.4, as Cognito serves it.</summary>
internal sealed class OAuth2Route : TokenRoute
{
    public static readonly OAuth2Route Instance = new();

    // Form encoding does not change these characters, so it does not matter whether the server decodes Basic credentials.
    private static readonly SearchValues<char> _sameWhenEncoded =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.*");

    public override HttpRequestMessage CreateRequest(AppClientSettings settings, string secret, string scopes, string metadata)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (scopes.Length > 0)
            form.Add(new("scope", scopes));
        if (metadata.Length > 0)
            form.Add(new("aws_client_metadata", metadata));

        var request = new HttpRequestMessage(HttpMethod.Post, settings.Endpoint);
        // Cognito answers some Accept lists with an empty 405.
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        if (settings.Authentication == CognitoClientAuthentication.ClientSecretBasic && SameWhenEncoded(settings.ClientId) && SameWhenEncoded(secret))
        {
            var credentials = Encoding.ASCII.GetBytes($"{settings.ClientId}:{secret}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
        else
        {
            form.Add(new("client_id", settings.ClientId));
            form.Add(new("client_secret", secret));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    public override TokenResponse ReadToken(JsonElement body) =>
        TokenResponse.Read(body, "access_token", "token_type", "expires_in");

    public override string? ReadError(HttpResponseMessage response, JsonElement? body) =>
        body is { } json && json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
            ? error.GetString()
            : null;

    private static bool SameWhenEncoded(string text) => !text.AsSpan().ContainsAnyExcept(_sameWhenEncoded);
}
