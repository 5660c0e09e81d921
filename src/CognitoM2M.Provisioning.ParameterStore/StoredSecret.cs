using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitoM2M.Provisioning.ParameterStore;

/// <summary>
/// The value of a parameter that holds the secret of an app client, or the password of its technical user, or both: a JSON object with the client id, the
/// secret and its id, user name and password, and where the app client is.
/// </summary>
internal static class StoredSecret
{
    private const string ClientId = "ClientId";
    private const string ClientSecret = "ClientSecret";
    private const string ClientSecretId = "ClientSecretId";
    private const string PendingSecret = "PendingSecret";
    private const string Username = "Username";
    private const string Password = "Password";
    private const string UserPoolId = "UserPoolId";
    private const string TokenEndpoint = "TokenEndpoint";

    // Client secrets may hold plus signs, which people should find as they are.
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value with the secret of an app client. The technical user that the former value holds for the same app client stays.</summary>
    public static string Write(AppClientCredentials credentials, string? former) => Write(
        (ClientId, credentials.ClientId),
        (ClientSecret, credentials.ClientSecret),
        (ClientSecretId, credentials.ClientSecretId),
        (PendingSecret, credentials.PendingSecret),
        (Username, FindOwn(former, credentials.ClientId, Username)),
        (Password, FindOwn(former, credentials.ClientId, Password)),
        (UserPoolId, credentials.UserPoolId),
        (TokenEndpoint, credentials.TokenEndpoint?.AbsoluteUri));

    /// <summary>The value with a technical user. The secret that the former value holds for the same app client stays.</summary>
    public static string Write(UserCredentials user, string? former) => Write(
        (ClientId, user.ClientId),
        (ClientSecret, FindOwn(former, user.ClientId, ClientSecret)),
        (ClientSecretId, FindOwn(former, user.ClientId, ClientSecretId)),
        (PendingSecret, FindOwn(former, user.ClientId, PendingSecret)),
        (Username, user.Username),
        (Password, user.Password),
        (UserPoolId, user.UserPoolId),
        (TokenEndpoint, user.TokenEndpoint?.AbsoluteUri));

    private static string Write(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _plain))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                if (value is not null)
                    json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <returns>Null if the value is of another form, or belongs to another app client.</returns>
    public static HeldSecret? Find(string value, string clientId) => Read(value, json =>
        FindText(json, ClientId) == clientId && FindText(json, ClientSecret) is { Length: > 0 } secret
            ? new HeldSecret { ClientSecret = secret, ClientSecretId = FindText(json, ClientSecretId), PendingSecret = FindText(json, PendingSecret) }
            : null);

    /// <summary>The app client that a value belongs to. A value of another form belongs to no known app client.</summary>
    public static SecretOwner FindOwner(string value) => Read(value, json => new SecretOwner
    {
        ClientId = FindText(json, ClientId),
        UserPoolId = FindText(json, UserPoolId),
        IsEmulated = FindText(json, TokenEndpoint) is not null,
    }) ?? new();

    private static string? FindOwn(string? value, string? clientId, string name) =>
        value is null ? null : Read(value, json => FindText(json, ClientId) == clientId ? FindText(json, name) : null);

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
