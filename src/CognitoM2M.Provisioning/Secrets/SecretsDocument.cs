using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// The content of a secrets file: a JSON object with the configuration section <c>CognitoM2M:Clients</c>, one child for each app client.
/// User pools, ids of secrets and pending secrets are not settings of an app client, so they stand in a section of their own, <c>CognitoM2M:SecretIds</c>.
/// </summary>
internal sealed class SecretsDocument
{
    private const string Root = "CognitoM2M";
    private const string Clients = "Clients";
    private const string SecretIds = "SecretIds";

    private static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Configuration ignores case in names.
    private static readonly JsonNodeOptions _nodeOptions = new() { PropertyNameCaseInsensitive = true };

    private readonly JsonObject _file;
    private readonly JsonNode _before;

    private SecretsDocument(JsonObject file) => (_file, _before) = (file, file.DeepClone());

    public bool IsChanged => !JsonNode.DeepEquals(_before, _file);

    public static SecretsDocument CreateEmpty() => new(new JsonObject(_nodeOptions));

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="InvalidDataException">The content or one of its sections is not a JSON object, or there are comments.</exception>
    public static SecretsDocument Parse(ReadOnlySpan<byte> content, string path)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];

        try
        {
            if (JsonNode.Parse(content, _nodeOptions, new JsonDocumentOptions { AllowDuplicateProperties = false }) is not JsonObject file)
                throw new InvalidDataException($"{path} does not hold a JSON object. Correct the file or choose another.");

            RequireSections(file);
            return new(file);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path} is not plain JSON (line {e.LineNumber + 1}). Correct the file or choose another. Comments are refused, because writing the file would lose them.", e);
        }
    }

    /// <summary>The secret of an app client; null if the document holds none for this client id.</summary>
    public HeldSecret? Find(string clientName, string clientId)
    {
        var client = FindChild(Clients, clientName);
        if (ReadText(client, "ClientId") != clientId || ReadText(client, "ClientSecret") is not { Length: > 0 } secret)
            return null;

        var ids = FindChild(SecretIds, clientName) is { } child && ReadText(child, "ClientId") == clientId ? child : null;
        return new() { ClientSecretId = ReadText(ids, "ClientSecretId"), ClientSecret = secret, PendingSecret = ReadText(ids, "PendingSecret") };
    }

    /// <summary>The app client whose secret the document holds under a name; null if it holds none.</summary>
    public SecretOwner? FindOwner(string clientName)
    {
        var client = FindChild(Clients, clientName);
        if (ReadText(client, "ClientSecret") is not { Length: > 0 } && ReadText(client, "Password") is not { Length: > 0 })
            return null;

        var (clientId, ids) = (ReadText(client, "ClientId"), FindChild(SecretIds, clientName));
        return new()
        {
            ClientId = clientId,
            UserPoolId = clientId is not null && ReadText(ids, "ClientId") == clientId ? ReadText(ids, "UserPoolId") : null,
            IsEmulated = ReadText(client, "TokenEndpoint") is not null,
        };
    }

    /// <summary>Sets the settings of an app client that provisioning knows. Other settings, such as BaseAddress, stay.</summary>
    /// <exception cref="InvalidDataException">The section of the app client is not a JSON object, or holds the secret of another app client.</exception>
    public void Store(AppClientCredentials credentials)
    {
        var client = Open(credentials.ClientName, credentials.ClientId, credentials.MayReplaceOther);
        Set(client, "Route", credentials.Route is AppClientRoute.GetClientToken or AppClientRoute.UserPassword ? credentials.Route.ToString() : null);
        Set(client, "Domain", credentials.TokenEndpoint is null ? credentials.Domain : null);
        StorePlace(client, credentials.Region, credentials.UseFips, credentials.TokenEndpoint);
        Set(client, "ClientId", credentials.ClientId);
        Set(client, "ClientSecret", credentials.ClientSecret);
        Set(client, "Scopes", credentials.Scopes.Count == 0 ? null : new JsonArray([.. credentials.Scopes.Select(scope => (JsonNode)scope)]));
        StoreId(credentials);
    }

    /// <summary>Sets the settings of a technical user. Other settings, such as the secret of the app client, stay.</summary>
    /// <exception cref="InvalidDataException">The section of the app client is not a JSON object, or holds the secret of another app client.</exception>
    public void Store(UserCredentials user)
    {
        if (user is not { ClientName: { } name, ClientId: { } id })
            throw new InvalidDataException("the file holds passwords by the name of an app client, and none is named.");

        var client = Open(name, id, user.MayReplaceOther);
        Set(client, "Route", nameof(AppClientRoute.UserPassword));
        Set(client, "Domain", null);
        StorePlace(client, user.Region, user.UseFips, user.TokenEndpoint);
        Set(client, "ClientId", id);
        Set(client, "Scopes", null);
        if (user.Password is not null)
        {
            Set(client, "Username", user.Username);
            Set(client, "Password", user.Password);
        }

        var ids = GetChild(GetChild(GetChild(_file, Root), SecretIds), name);
        if (ReadText(ids, "ClientId") != id)
            ids.Clear();
        Set(ids, "UserPoolId", user.UserPoolId);
        Set(ids, "ClientId", id);
    }

    public ReadOnlyMemory<byte> Write()
    {
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content, _readable))
            _file.WriteTo(json);
        content.Write("\n"u8);
        return content.WrittenMemory;
    }

    /// <summary>The section of an app client. What it holds of another app client is removed.</summary>
    private JsonObject Open(string clientName, string clientId, bool mayReplaceOther)
    {
        if (!mayReplaceOther)
            OtherSecret.ThrowIfReplaced(FindOwner(clientName), clientName, clientId);
        var client = GetChild(GetChild(GetChild(_file, Root), Clients), clientName);
        if (ReadText(client, "ClientId") is { } other && other != clientId)
        {
            foreach (var name in new[] { "ClientSecret", "Username", "Password" })
                client.Remove(name);
        }

        return client;
    }

    private static void StorePlace(JsonObject client, string region, bool useFips, Uri? endpoint)
    {
        Set(client, "Region", endpoint is null ? region : null);
        Set(client, "UseFips", endpoint is null && useFips ? JsonValue.Create(true) : null);
        Set(client, "TokenEndpoint", endpoint?.AbsoluteUri);
    }

    private void StoreId(AppClientCredentials credentials)
    {
        var ids = GetChild(GetChild(GetChild(_file, Root), SecretIds), credentials.ClientName);
        Set(ids, "UserPoolId", credentials.UserPoolId);
        Set(ids, "ClientId", credentials.ClientId);
        Set(ids, "ClientSecretId", credentials.ClientSecretId);
        Set(ids, "PendingSecret", credentials.PendingSecret);
    }

    // A wrong section must be reported before anything is created, not when the first secret is stored.
    private static void RequireSections(JsonObject file)
    {
        if (file[Root] is null)
            return;

        var root = GetChild(file, Root);
        foreach (var section in new[] { Clients, SecretIds })
        {
            if (root[section] is not null)
                GetChild(root, section);
        }
    }

    private JsonObject? FindChild(string section, string name) =>
        ((_file[Root] as JsonObject)?[section] as JsonObject)?[name] as JsonObject;

    private static JsonObject GetChild(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
            return child;
        if (parent[name] is not null)
            throw new InvalidDataException($"'{name}' in the secrets file is not a JSON object. Correct the file or choose another.");

        child = new JsonObject(parent.Options);
        parent[name] = child;
        return child;
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
            target.Remove(name);
        else
            target[name] = value;
    }

    private static string? ReadText(JsonObject? parent, string name) => parent?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
