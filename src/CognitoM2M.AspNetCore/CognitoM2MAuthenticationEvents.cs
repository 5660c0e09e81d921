using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>What an application may add to the verification of tokens. Derive from it, or set the delegates.</summary>
public class CognitoM2MAuthenticationEvents
{
    /// <summary>
    /// Called first, for each request: to take the token from elsewhere than the header Authorization (a gateway's header, the query of a
    /// SignalR connection) by setting <c>context.Token</c>.
    /// </summary>
    public Func<CognitoMessageReceivedContext, Task> OnMessageReceived { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when a token passed all checks: to look it up somewhere, add claims, or refuse it with <c>context.Fail(...)</c>.</summary>
    public Func<CognitoTokenVerifiedContext, Task> OnTokenVerified { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when a token was rejected, for logging and counting; the verdict stands.</summary>
    public Func<CognitoTokenRejectedContext, Task> OnTokenRejected { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc cref="OnMessageReceived"/>
    public virtual Task MessageReceived(CognitoMessageReceivedContext context) => OnMessageReceived(context);

    /// <inheritdoc cref="OnTokenVerified"/>
    public virtual Task TokenVerified(CognitoTokenVerifiedContext context) => OnTokenVerified(context);

    /// <inheritdoc cref="OnTokenRejected"/>
    public virtual Task TokenRejected(CognitoTokenRejectedContext context) => OnTokenRejected(context);
}

/// <summary>A request that was not looked at yet.</summary>
public sealed class CognitoMessageReceivedContext : ResultContext<CognitoM2MAuthenticationOptions>
{
    internal CognitoMessageReceivedContext(HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options)
        : base(context, scheme, options)
    {
    }

    /// <summary>The token to verify in place of that in the header Authorization, without <c>Bearer</c>.</summary>
    /// <value>Null by default: the header counts.</value>
    public string? Token { get; set; }
}

/// <summary>A request whose token passed all checks.</summary>
public sealed class CognitoTokenVerifiedContext : ResultContext<CognitoM2MAuthenticationOptions>
{
    internal CognitoTokenVerifiedContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, CognitoAccessTokenClaims claims)
        : base(context, scheme, options) => Claims = claims;

    /// <summary>What the token says.</summary>
    public CognitoAccessTokenClaims Claims { get; }
}

/// <summary>A request whose token was rejected.</summary>
public sealed class CognitoTokenRejectedContext : BaseContext<CognitoM2MAuthenticationOptions>
{
    internal CognitoTokenRejectedContext(
        HttpContext context, AuthenticationScheme scheme, CognitoM2MAuthenticationOptions options, TokenRejection rejection)
        : base(context, scheme, options) => Rejection = rejection;

    /// <summary>Why: for logs, not for callers.</summary>
    public TokenRejection Rejection { get; }
}
