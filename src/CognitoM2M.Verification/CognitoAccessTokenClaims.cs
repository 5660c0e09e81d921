using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification.Claims;

namespace CognitoM2M.Verification;

/// <summary>The claims of a verified access token. To unit-test code that uses claims, create an object yourself.</summary>
public sealed class CognitoAccessTokenClaims : CognitoTokenClaims
{
    private readonly ReadOnlyCollection<string> _scopes = ReadOnlyCollection<string>.Empty;

    /// <summary>Creates claims to unit-test your own code.</summary>
    public CognitoAccessTokenClaims()
    {
    }

    [SetsRequiredMembers]
    internal CognitoAccessTokenClaims(in CommonClaims claims, string? scope)
        : base(claims)
    {
        if (scope is not null)
            _scopes = Array.AsReadOnly(scope.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What the token permits (<c>scope</c>), each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty if the token names no scope. A token of a user may have the scope <c>aws.cognito.signin.user.admin</c>, <c>openid</c> and others of OpenID Connect.</value>
    public IReadOnlyList<string> Scopes
    {
        get => _scopes;
        init => _scopes = Copy(value);
    }

    /// <summary>Whether the app client acts on its own behalf (client credentials): <c>sub</c> is the app client, and there is no <c>username</c>.</summary>
    public bool IsMachine => Username is null && Subject == ClientId;

    /// <summary>Whether the token was issued to a user: there is a <c>username</c>, and a <c>sub</c> that is not the app client.</summary>
    public bool IsUser => Username is not null && Subject is not null && Subject != ClientId;

    /// <summary>Whether the token permits this scope. Case-sensitive.</summary>
    public bool HasScope(string scope) => _scopes.Contains(scope);
}
