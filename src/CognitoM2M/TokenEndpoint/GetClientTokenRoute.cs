using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The user pools API operation GetClientToken: AWS JSON 1.1, unsigned, because the client secret is the credential.</summary>
internal sealed class GetClientTokenRoute : TokenRoute
{
    public static readonly GetClientTokenRoute Instance = new();

    public override HttpRequestMessage CreateRequest(AppClientSettings settings, string secret, string scopes, string metadata) =>
        JsonApiMessage.Create(settings.Endpoint, "GetClientToken", json =>
        {
            json.WriteString("ClientId", settings.ClientId);
            json.WriteString("Secret", secret);
            if (scopes.Length > 0)
            {
                json.WriteStartArray("Scopes");
                foreach (var scope in ScopeSet.Split(scopes))
                    json.WriteStringValue(scope);
                json.WriteEndArray();
            }

            if (metadata.Length > 0)
            {
                json.WritePropertyName("ClientMetadata");
                json.WriteRawValue(metadata);
            }
        });

    public override TokenResponse ReadToken(JsonElement body) =>
        body.TryGetProperty("ClientAuthenticationResult", out var result) && result.ValueKind == JsonValueKind.Object
            ? TokenResponse.Read(result, "AccessToken", "TokenType", "ExpiresIn")
            : throw new InvalidTokenResponseException("it has no ClientAuthenticationResult");

    public override string? ReadError(HttpResponseMessage response, JsonElement? body) => JsonApiError.Read(response, body).Name;
}
