using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>A request whose token passed all checks.</summary>
public sealed class CognitoTokenVerifiedContext : ResultContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoTokenVerifiedContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, CognitoAccessTokenClaims claims)
        : base(context, scheme, options)
    {
        ArgumentNullException.ThrowIfNull(claims);
        Claims = claims;
    }

    /// <summary>The claims of the token.</summary>
    public CognitoAccessTokenClaims Claims { get; }
}
