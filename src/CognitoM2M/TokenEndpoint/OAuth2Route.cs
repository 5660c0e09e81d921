using System.Net.Http.Headers;
using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The OAuth 2.0 token endpoint: RFC 6749, section 4.4, as Cognito serves it.</summary>
internal sealed class OAuth2Route : TokenRoute
{
    public static readonly OAuth2Route Instance = new();

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

        if (settings.Authentication == CognitoClientAuthentication.ClientSecretBasic)
            request.Headers.Authorization = BasicCredentials.Create(settings.ClientId, secret);
        if (request.Headers.Authorization is null)
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
}
