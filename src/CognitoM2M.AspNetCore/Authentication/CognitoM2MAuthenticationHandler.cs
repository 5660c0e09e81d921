using System.Text.Encodings.Web;
using CognitoM2M.AspNetCore.Scopes;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Authenticates a request by its bearer token, and tells the caller if that was not enough.</summary>
internal sealed class CognitoM2MAuthenticationHandler(
    IOptionsMonitor<CognitoM2MAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<CognitoM2MAuthenticationOptions>(options, logger, encoder)
{
    // As long as a verifier waits between two attempts to read a key set.
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

        var token = received.Token is { } given ? given.AsSpan() : BearerHeader.Token(Request.Headers.Authorization, out _isAmbiguous);
        if (_isAmbiguous)
            return AuthenticateResult.Fail(ErrorDescription.Ambiguous);
        if (token.IsEmpty)
            return AuthenticateResult.NoResult();

        var verifier = Options.Verifier;
        if (!verifier.TryVerify(token, out var result))
            result = await verifier.VerifyAsync(token.ToString(), Context.RequestAborted).ConfigureAwait(false);

        return await (result.IsValid ? AcceptAsync(result.Claims) : RejectAsync(result.Rejection)).ConfigureAwait(false);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        // Where several schemes are asked, one that cannot tell, or that accepts the token but for its scopes, keeps another from calling it bad.
        if (Response.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status403Forbidden)
            return;

        switch (_rejection?.Reason)
        {
            case null when _isAmbiguous:
                Response.StatusCode = StatusCodes.Status400BadRequest;
                Challenge("invalid_request", ErrorDescription.Ambiguous, scopes: null);
                return;
            // The fault is not the caller's, and another token would not help it.
            case TokenRejectionReason.KeysNotAvailable:
                AskToTryAgain();
                return;
            case TokenRejectionReason.ScopeMissing:
                Forbid([.. Options.Verification.AllOfScopes, .. Options.Verification.AnyOfScopes]);
                return;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (authentication.Failure is null)
            Challenge(error: null, description: null, RequiredScopes.Of(Context)?.Scopes);
        else
            Challenge("invalid_token", _rejection is null ? ErrorDescription.Refused : ErrorDescription.Of(_rejection.Reason), RequiredScopes.Of(Context)?.Scopes);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        // Where several schemes are asked, the one that accepted the token says what it lacks.
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        if (_rejection is { Reason: TokenRejectionReason.KeysNotAvailable })
            AskToTryAgain();
        else
            Forbid(authentication.Succeeded && RequiredScopes.Of(Context) is { IsLacking: true } required ? required.Scopes : null);
    }

    private async Task<AuthenticateResult> AcceptAsync(CognitoAccessTokenClaims claims)
    {
        var context = new CognitoTokenVerifiedContext(Context, Scheme, Options, claims)
        {
            Principal = CognitoIdentity.Principal(claims, Scheme.Name),
        };
        // SignalR ends a connection when its token does.
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

    /// <summary>403; as RFC 6750 wants it if a scope was lacking, without a challenge if something else was.</summary>
    private void Forbid(IReadOnlyCollection<string>? scopes)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (scopes is { Count: > 0 })
            Challenge("insufficient_scope", ErrorDescription.Of(TokenRejectionReason.ScopeMissing), scopes);
    }

    private void Challenge(string? error, string? description, IReadOnlyCollection<string>? scopes) =>
        Response.Headers.Append("WWW-Authenticate", BearerChallenge.Of(Realm, error, Options.IncludeErrorDescription ? description : null, scopes));
}
