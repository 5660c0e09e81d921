using System.Security.Claims;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>An identity whose authentication type is not the scheme that verified its token. It remembers the scheme, because only scopes of our schemes count.</summary>
internal sealed class SchemeIdentity : ClaimsIdentity
{
    public SchemeIdentity(string scheme, string authenticationType, string nameType, string roleType)
        : base(authenticationType, nameType, roleType) => Scheme = scheme;

    private SchemeIdentity(SchemeIdentity other)
        : base(other) => Scheme = other.Scheme;

    /// <summary>The scheme that verified the token.</summary>
    public string Scheme { get; }

    /// <summary>Finds the scheme of an identity. Most identities have their scheme as authentication type.</summary>
    public static string? FindScheme(ClaimsIdentity identity) => identity is SchemeIdentity { Scheme: var scheme } ? scheme : identity.AuthenticationType;

    public override ClaimsIdentity Clone() => new SchemeIdentity(this);
}
