using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>A request whose token was rejected.</summary>
public sealed class CognitoTokenRejectedContext : BaseContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoTokenRejectedContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, TokenRejection rejection)
        : base(context, scheme, options)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        Rejection = rejection;
    }

    /// <summary>Why the token was rejected. Log it, but do not send it to callers.</summary>
    public TokenRejection Rejection { get; }
}
