using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>A request whose token passed all checks.</summary>
public sealed class CognitoTokenVerifiedContext : ResultContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoTokenVerifiedContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, CognitoTokenClaims claims)
        : base(context, scheme, options)
    {
        ArgumentNullException.ThrowIfNull(claims);
        Claims = claims;
    }

    /// <summary>The claims of the token, which both kinds of tokens have.</summary>
    public CognitoTokenClaims Claims { get; }

    /// <summary>The claims of an access token.</summary>
    /// <value>Null if the token is an ID token, which only schemes with other <see cref="CognitoM2MAuthenticationOptions.AcceptedTokens"/> than the default accept.</value>
    public CognitoAccessTokenClaims? AccessTokenClaims => Claims as CognitoAccessTokenClaims;

    /// <summary>The claims of an ID token.</summary>
    /// <value>Null if the token is an access token.</value>
    public CognitoIdTokenClaims? IdTokenClaims => Claims as CognitoIdTokenClaims;
}
