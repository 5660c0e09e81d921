using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitoM2M.Provisioning.ParameterStore;

/// <summary>The value of a parameter that holds the secret of an app client: a JSON object with the client id, the secret and its id, and where the app client is.</summary>
internal static class StoredSecret
{
    private const string ClientId = "ClientId";
    private const string ClientSecret = "ClientSecret";
    private const string ClientSecretId = "ClientSecretId";
    private const string PendingSecret = "PendingSecret";
    private const string UserPoolId = "UserPoolId";
    private const string TokenEndpoint = "TokenEndpoint";

    // Client secrets may hold plus signs, which people should find as they are.
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AppClientCredentials credentials)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _plain))
        {
            json.WriteStartObject();
            json.WriteString(ClientId, credentials.ClientId);
            json.WriteString(ClientSecret, credentials.ClientSecret);
            if (credentials.ClientSecretId is { } id)
                json.WriteString(ClientSecretId, id);
            if (credentials.PendingSecret is { } pending)
                json.WriteString(PendingSecret, pending);
            json.WriteString(UserPoolId, credentials.UserPoolId);
            if (credentials.TokenEndpoint is { } endpoint)
                json.WriteString(TokenEndpoint, endpoint.AbsoluteUri);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <returns>Null if the value is of another form, or belongs to another app client.</returns>
    public static HeldSecret? Find(string value, string clientId) => Read(value, json =>
        FindText(json, ClientId) == clientId && FindText(json, ClientSecret) is { Length: > 0 } secret
            ? new HeldSecret { ClientSecret = secret, ClientSecretId = FindText(json, ClientSecretId), PendingSecret = FindText(json, PendingSecret) }
            : null);

    /// <summary>The app client that a value belongs to. A value of another form belongs to none that is known.</summary>
    public static SecretOwner FindOwner(string value) => Read(value, json => new SecretOwner
    {
        ClientId = FindText(json, ClientId),
        UserPoolId = FindText(json, UserPoolId),
        IsEmulated = FindText(json, TokenEndpoint) is not null,
    }) ?? new();

    private static T? Read<T>(string value, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement is { ValueKind: JsonValueKind.Object } json ? read(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? FindText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
