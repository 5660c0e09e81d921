using System.Security.Claims;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>A request that is about to be answered with 403: its token is valid, but does not permit the request.</summary>
public sealed class CognitoForbiddenContext : PropertiesContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoForbiddenContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, AuthenticationProperties? properties = null)
        : base(context, scheme, options, properties)
    {
    }

    /// <summary>The caller, as the scheme authenticated it.</summary>
    /// <value>Null if another scheme authenticated the caller, or if the token lacks scopes that the scheme requires of every token.</value>
    public ClaimsPrincipal? Principal { get; init; }

    /// <summary>Why the verifier rejected the token: it lacks scopes that the scheme requires of every token. Log it, but do not send it to callers.</summary>
    /// <value>Null if the endpoint forbids the request.</value>
    public TokenRejection? Rejection { get; init; }

    /// <summary>The scopes that the request needs, each written <c>resource-server/scope</c>. The answer names them.</summary>
    /// <value>Empty if the request was forbidden for another reason than its scopes.</value>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    /// <summary>Whether <see cref="HandleResponse"/> was called.</summary>
    public bool Handled { get; private set; }

    /// <summary>Leaves the whole answer to the event handler: the scheme sets no status, adds no header and writes no body.</summary>
    public void HandleResponse() => Handled = true;
}
