using System.Text.Encodings.Web;
using CognitoM2M.AspNetCore.Scopes;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Authenticates a request by its bearer token, and answers requests whose token is missing, rejected, or lacks a scope.</summary>
internal sealed class CognitoM2MAuthenticationHandler(
    IOptionsMonitor<CognitoM2MAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<CognitoM2MAuthenticationOptions>(options, logger, encoder)
{
    // The longest time that a verifier waits between two attempts to download a key set.
    private const string RetryAfterSeconds = "10";

    private TokenRejection? _rejection;
    private bool _isAmbiguous;

    private new CognitoM2MAuthenticationEvents Events => (CognitoM2MAuthenticationEvents)base.Events!;

    private string Realm => Options.Realm ?? Scheme.Name;

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new CognitoM2MAuthenticationEvents());

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var received = new CognitoMessageReceivedContext(Context, Scheme, Options);
        await Events.MessageReceived(received).ConfigureAwait(false);
        if (received.Result is { } decided)
            return decided;

        var token = received.Token is { } given ? given.AsSpan() : BearerHeader.ReadToken(Request.Headers.Authorization, out _isAmbiguous);
        if (_isAmbiguous)
            return AuthenticateResult.Fail(ErrorDescription.Ambiguous);
        if (token.IsEmpty)
            return AuthenticateResult.NoResult();

        var verifier = Options.Verifier;
        var result = verifier.VerifyWithHeldKeys(token)
            ?? await verifier.VerifyAsync(token.ToString(), Context.RequestAborted).ConfigureAwait(false);
        return await (result.IsValid ? AcceptAsync(result.Claims) : RejectAsync(result.Rejection)).ConfigureAwait(false);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        // Several schemes may be challenged in turn. Another scheme may have no keys (503), or accept the token except for its scopes (403).
        // Its answer stands: this scheme must not tell the caller that the token is bad.
        if (Response.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status403Forbidden)
            return;

        switch (_rejection?.Reason)
        {
            case null when _isAmbiguous:
                Response.StatusCode = StatusCodes.Status400BadRequest;
                Challenge("invalid_request", ErrorDescription.Ambiguous, scopes: null);
                return;
            // Nothing is wrong with the caller's token, so another token would not help.
            case TokenRejectionReason.KeysNotAvailable:
                AskToTryAgain();
                return;
            case TokenRejectionReason.ScopeMissing:
                Forbid([.. Options.Verification.AllOfScopes, .. Options.Verification.AnyOfScopes]);
                return;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (authentication.Failure is null)
            Challenge(error: null, description: null, ScopeCheckRecord.Find(Context)?.Scopes);
        else
            Challenge("invalid_token", _rejection is null ? ErrorDescription.Refused : ErrorDescription.Describe(_rejection.Reason), ScopeCheckRecord.Find(Context)?.Scopes);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        // Several schemes may be asked in turn. Only the scheme that accepted the token names the scopes that are missing.
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        if (_rejection is { Reason: TokenRejectionReason.KeysNotAvailable })
            AskToTryAgain();
        else
            Forbid(authentication.Succeeded && ScopeCheckRecord.Find(Context) is { IsAnyMissing: true } required ? required.Scopes : null);
    }

    private async Task<AuthenticateResult> AcceptAsync(CognitoAccessTokenClaims claims)
    {
        var context = new CognitoTokenVerifiedContext(Context, Scheme, Options, claims)
        {
            Principal = CognitoIdentity.CreatePrincipal(claims, Scheme.Name),
        };
        // SignalR reads this: it closes a connection when the token expires.
        context.Properties.ExpiresUtc = claims.ExpiresAt;
        context.Properties.IssuedUtc = claims.IssuedAt;

        await Events.TokenVerified(context).ConfigureAwait(false);
        if (context.Result is { } result)
            return result;
        context.Success();
        return context.Result!;
    }

    private async Task<AuthenticateResult> RejectAsync(TokenRejection rejection)
    {
        _rejection = rejection;
        await Events.TokenRejected(new CognitoTokenRejectedContext(Context, Scheme, Options, rejection)).ConfigureAwait(false);
        return AuthenticateResult.Fail(rejection.Message);
    }

    private void AskToTryAgain()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        Response.Headers.RetryAfter = RetryAfterSeconds;
        Response.Headers.WWWAuthenticate = default;
    }

    /// <summary>Answers 403: with a challenge as RFC 6750 requires if a scope is missing, without one if the request was forbidden for another reason.</summary>
    private void Forbid(IReadOnlyCollection<string>? scopes)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (scopes is { Count: > 0 })
            Challenge("insufficient_scope", ErrorDescription.Describe(TokenRejectionReason.ScopeMissing), scopes);
    }

    private void Challenge(string? error, string? description, IReadOnlyCollection<string>? scopes) =>
        Response.Headers.Append("WWW-Authenticate", BearerChallenge.Format(Realm, error, Options.IncludeErrorDescription ? description : null, scopes));
}
