using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>
/// A request that is about to be answered with 401 (the token is missing or was rejected), 400 (it is unclear which token counts) or 503 (the
/// token could not be judged).
/// </summary>
public sealed class CognitoChallengeContext : PropertiesContext<CognitoM2MAuthenticationOptions>
{
    /// <summary>The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoChallengeContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, AuthenticationProperties? properties = null)
        : base(context, scheme, options, properties)
    {
    }

    /// <summary>The status of the answer: 401, 400 or 503.</summary>
    /// <value>401 by default.</value>
    public int StatusCode { get; init; } = StatusCodes.Status401Unauthorized;

    /// <summary>Why the token was rejected. Log it, but do not send it to callers.</summary>
    /// <value>Null if there was no token, or if the verifier did not reject it.</value>
    public TokenRejection? Rejection { get; init; }

    /// <summary>Why the request was not authenticated: the rejection, or what an event handler passed to <c>context.Fail(...)</c>.</summary>
    /// <value>Null if there was no token.</value>
    public Exception? AuthenticateFailure { get; init; }

    /// <summary>The scopes that the endpoint requires, each written <c>resource-server/scope</c>. The challenge names them.</summary>
    /// <value>Empty if the endpoint requires none.</value>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    /// <summary>The error code of the challenge (RFC 6750, section 3.1), such as <c>invalid_token</c>.</summary>
    /// <value>Null if the request had no token. If set to null, the challenge has no error code.</value>
    public string? Error { get; set; }

    /// <summary>The description of the error for the caller.</summary>
    /// <value>Null if the request had no token. Left out if <see cref="CognitoM2MAuthenticationOptions.IncludeErrorDescription"/> is false.</value>
    public string? ErrorDescription { get; set; }

    /// <summary>Whether <see cref="HandleResponse"/> was called.</summary>
    public bool Handled { get; private set; }

    /// <summary>Leaves the whole answer to the event handler: the scheme sets no status, adds no header and writes no body.</summary>
    public void HandleResponse() => Handled = true;
}
