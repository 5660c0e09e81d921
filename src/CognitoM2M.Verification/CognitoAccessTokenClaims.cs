using System.Text.Json;

namespace CognitoM2M.Verification;

/// <summary>The claims of a verified access token. To unit-test code that uses claims, create an object yourself.</summary>
public sealed class CognitoAccessTokenClaims
{
    private static readonly object _emptyPayload = JsonElement.Parse("{}");

    private readonly string[] _scopes = [];

    // A JsonElement; null until somebody asks for it.
    private volatile object? _payload = _emptyPayload;

    /// <summary>The issuer (<c>iss</c>), which is one of those accepted.</summary>
    public required string Issuer { get; init; }

    /// <summary>The id of the user pool, as the options name it.</summary>
    /// <value>Null if the options name only an issuer.</value>
    public string? UserPoolId { get; init; }

    /// <summary>The app client that the token was issued to (<c>client_id</c>).</summary>
    public required string ClientId { get; init; }

    /// <summary>Who the token speaks for (<c>sub</c>): the app client itself if it acts on its own behalf, else a user.</summary>
    /// <value>Null if the token has no such claim.</value>
    public string? Subject { get; init; }

    /// <summary>What the token permits (<c>scope</c>), each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty if the token names no scope.</value>
    public IReadOnlyList<string> Scopes
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            // A copy: the list that was given may change.
            _scopes = [.. value];
            field = Array.AsReadOnly(_scopes);
        }
    } = [];

    /// <summary>When the token expires (<c>exp</c>). The tolerance for clocks is not included.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the token becomes valid (<c>nbf</c>). The tolerance for clocks is not included.</summary>
    /// <value>Null if the token has no such claim. Cognito's tokens for machines have none.</value>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the token was issued (<c>iat</c>).</summary>
    /// <value>Null if the token has no such claim.</value>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The id of the token itself (<c>jti</c>).</summary>
    /// <value>Null if the token has no such claim.</value>
    public string? TokenId { get; init; }

    /// <summary>All claims as a JSON object, including claims that a pre token generation trigger added.</summary>
    public JsonElement Payload
    {
        get => (JsonElement)(_payload ??= JsonElement.Parse(PayloadUtf8!));
        init => _payload = value;
    }

    /// <summary>The payload as JSON text, which <see cref="Payload"/> parses when somebody asks for it.</summary>
    internal byte[]? PayloadUtf8
    {
        private get;
        init => (field, _payload) = (value, null);
    }

    /// <summary>Whether the token permits this scope. Case-sensitive.</summary>
    public bool HasScope(string scope) => Array.IndexOf(_scopes, scope) >= 0;
}
