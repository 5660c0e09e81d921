namespace CognitoM2M.AspNetCore;

/// <summary>What an application may add to the verification of tokens. Derive from this class, or set the delegates.</summary>
public class CognitoM2MAuthenticationEvents
{
    /// <summary>
    /// Called first, for each request. Set <c>context.Token</c> to take the token from elsewhere than the header Authorization, such as another
    /// header, or the query of a SignalR connection.
    /// </summary>
    public Func<CognitoMessageReceivedContext, Task> OnMessageReceived { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when a token passed all checks. Look the caller up, add claims, or reject the token with <c>context.Fail(...)</c>.</summary>
    public Func<CognitoTokenVerifiedContext, Task> OnTokenVerified { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when a token was rejected, for logging and counting. The handler cannot change the verdict.</summary>
    public Func<CognitoTokenRejectedContext, Task> OnTokenRejected { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// Called before a request is answered with 401, 400 or 503. Change the error of the challenge, or write the answer yourself and call
    /// <c>context.HandleResponse()</c>.
    /// </summary>
    public Func<CognitoChallengeContext, Task> OnChallenge { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before a request is answered with 403. To write the answer yourself, call <c>context.HandleResponse()</c>.</summary>
    public Func<CognitoForbiddenContext, Task> OnForbidden { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc cref="OnMessageReceived"/>
    public virtual Task MessageReceived(CognitoMessageReceivedContext context) => OnMessageReceived(context);

    /// <inheritdoc cref="OnTokenVerified"/>
    public virtual Task TokenVerified(CognitoTokenVerifiedContext context) => OnTokenVerified(context);

    /// <inheritdoc cref="OnTokenRejected"/>
    public virtual Task TokenRejected(CognitoTokenRejectedContext context) => OnTokenRejected(context);

    /// <inheritdoc cref="OnChallenge"/>
    public virtual Task Challenge(CognitoChallengeContext context) => OnChallenge(context);

    /// <inheritdoc cref="OnForbidden"/>
    public virtual Task Forbidden(CognitoForbiddenContext context) => OnForbidden(context);
}
