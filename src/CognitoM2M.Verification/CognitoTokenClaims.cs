using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CognitoM2M.Verification.Claims;

namespace CognitoM2M.Verification;

/// <summary>The claims that verified access tokens and verified ID tokens have in common.</summary>
public abstract class CognitoTokenClaims
{
    private static readonly object _emptyPayload = JsonElement.Parse("{}");

    private readonly ReadOnlyCollection<string> _groups = ReadOnlyCollection<string>.Empty;

    // A JsonElement; or, until somebody asks for it, its text as a byte array.
    private volatile object _payload = _emptyPayload;

    private protected CognitoTokenClaims()
    {
    }

    [SetsRequiredMembers]
    private protected CognitoTokenClaims(in CommonClaims claims)
    {
        Issuer = claims.Issuer.Issuer;
        UserPoolId = claims.Issuer.UserPoolId;
        ClientId = claims.ClientId;
        Subject = claims.Subject;
        Username = claims.Username;
        if (claims.Groups.Length > 0)
            _groups = Array.AsReadOnly(claims.Groups);
        ExpiresAt = claims.ExpiresAt;
        NotBefore = claims.NotBefore;
        IssuedAt = claims.IssuedAt;
        TokenId = claims.TokenId;
        _payload = claims.Payload;
    }

    /// <summary>The issuer (<c>iss</c>), which is one of those accepted.</summary>
    public required string Issuer { get; init; }

    /// <summary>The id of the user pool, as the options name it.</summary>
    /// <value>Null if the options name only an issuer.</value>
    public string? UserPoolId { get; init; }

    /// <summary>The app client that the token was issued to: <c>client_id</c> of an access token, <c>aud</c> of an ID token.</summary>
    public required string ClientId { get; init; }

    /// <summary>The subject of the token (<c>sub</c>): the app client itself if it acts on its own behalf, else a user.</summary>
    /// <value>Null if an access token has no such claim. ID tokens always have it.</value>
    public string? Subject { get; init; }

    /// <summary>The name of the user: <c>username</c> of an access token, <c>cognito:username</c> of an ID token.</summary>
    /// <value>Null if the token has no such claim. Tokens of machines have none.</value>
    public string? Username { get; init; }

    /// <summary>The groups of the user (<c>cognito:groups</c>).</summary>
    /// <value>Empty if the token names no group.</value>
    public IReadOnlyList<string> Groups
    {
        get => _groups;
        init => _groups = Copy(value);
    }

    /// <summary>When the token expires (<c>exp</c>). The tolerance for clocks is not included.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the token becomes valid (<c>nbf</c>). The tolerance for clocks is not included.</summary>
    /// <value>Null if the token has no such claim. Cognito's tokens normally have none.</value>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the token was issued (<c>iat</c>).</summary>
    /// <value>Null if an access token has no such claim. ID tokens always have it.</value>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The id of the token itself (<c>jti</c>).</summary>
    /// <value>Null if the token has no such claim.</value>
    public string? TokenId { get; init; }

    /// <summary>All claims as a JSON object, including claims that a pre token generation trigger added.</summary>
    public JsonElement Payload
    {
        get
        {
            if (_payload is byte[] utf8)
                _payload = JsonElement.Parse(utf8);
            return (JsonElement)_payload;
        }

        init => _payload = value;
    }

    /// <summary>Whether the user is in this group. Case-sensitive.</summary>
    public bool HasGroup(string group) => _groups.Contains(group);

    /// <summary>Copies a list that was given: the list may change.</summary>
    private protected static ReadOnlyCollection<string> Copy(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Array.AsReadOnly([.. texts]);
    }
}
