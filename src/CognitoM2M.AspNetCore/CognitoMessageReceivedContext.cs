using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>A request whose token was not read yet.</summary>
/// <remarks>
/// <c>Success()</c> accepts the request without any check: no signature, no expiry, no required scopes, no <c>Checks</c>, no <c>OnTokenVerified</c>. Call it
/// only for a user whose token something else has verified, such as an authorizer of API Gateway.
/// </remarks>
public sealed class CognitoMessageReceivedContext : ResultContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoMessageReceivedContext(HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options)
        : base(context, scheme, options)
    {
    }

    /// <summary>The token to verify instead of the token in the header Authorization, without <c>Bearer</c>. It wins if the request has both.</summary>
    /// <value>Null by default: the token in the header is used.</value>
    public string? Token { get; set; }
}
