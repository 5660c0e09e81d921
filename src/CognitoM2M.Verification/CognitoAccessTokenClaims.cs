using System.Text.Json;

namespace CognitoM2M.Verification;

/// <summary>What a verified access token says.</summary>
public sealed class CognitoAccessTokenClaims
{
    private readonly string[] _scopes;

    internal CognitoAccessTokenClaims(
        string issuer, string? userPoolId, string clientId, string[] scopes, DateTimeOffset expiresAt, DateTimeOffset? notBefore, DateTimeOffset? issuedAt, JsonElement payload)
    {
        Issuer = issuer;
        UserPoolId = userPoolId;
        ClientId = clientId;
        _scopes = scopes;
        Scopes = Array.AsReadOnly(scopes);
        ExpiresAt = expiresAt;
        NotBefore = notBefore;
        IssuedAt = issuedAt;
        Payload = payload;
    }

    /// <summary>Who issued it (<c>iss</c>): one of the issuers accepted.</summary>
    public string Issuer { get; }

    /// <summary>The user pool, as the options name it; null if they name an issuer alone.</summary>
    public string? UserPoolId { get; }

    /// <summary>The app client that it was issued to (<c>client_id</c>).</summary>
    public string ClientId { get; }

    /// <summary>Whom it speaks for (<c>sub</c>): the app client itself if that acts on its own behalf, else a user.</summary>
    /// <value>Null if it does not say.</value>
    public string? Subject => Text("sub");

    /// <summary>What it permits (<c>scope</c>), as <c>resource-server/scope</c>; empty if it names none.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>When its time is over (<c>exp</c>), without tolerance.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>When its time begins (<c>nbf</c>), without tolerance; null if it does not say, as Cognito's do not.</summary>
    public DateTimeOffset? NotBefore { get; }

    /// <summary>When it was issued (<c>iat</c>); null if it does not say.</summary>
    public DateTimeOffset? IssuedAt { get; }

    /// <summary>The token's own id (<c>jti</c>); null if it does not say.</summary>
    public string? TokenId => Text("jti");

    /// <summary>All claims, as a JSON object. Claims that a pre token generation trigger added are here.</summary>
    public JsonElement Payload { get; }

    /// <summary>Whether it permits that scope; case-sensitive.</summary>
    public bool HasScope(string scope) => Array.IndexOf(_scopes, scope) >= 0;

    private string? Text(string claim) => Payload.TryGetProperty(claim, out var value) ? value.GetString() : null;
}
