using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>A request whose token was not read yet.</summary>
public sealed class CognitoMessageReceivedContext : ResultContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoMessageReceivedContext(HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options)
        : base(context, scheme, options)
    {
    }

    /// <summary>The token to verify instead of the token in the header Authorization, without <c>Bearer</c>.</summary>
    /// <value>Null by default: the token in the header is used.</value>
    public string? Token { get; set; }
}
