using System.Security.Claims;
using System.Text.Encodings.Web;
using CognitoM2M.AspNetCore.Diagnostics;
using CognitoM2M.AspNetCore.Problems;
using CognitoM2M.AspNetCore.Requirements;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Authenticates a request by its bearer token, and answers requests whose token is missing, rejected, or lacks a scope.</summary>
internal sealed class CognitoM2MAuthenticationHandler(
    IOptionsMonitor<CognitoM2MAuthenticationOptions> options, LoweredLoggers loggers, UrlEncoder encoder, AnswerLog log)
    : AuthenticationHandler<CognitoM2MAuthenticationOptions>(options, loggers, encoder), ICognitoM2MAuthenticationHandler
{
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
        {
            if (decided.Succeeded)
                log.TokenAccepted(Context);
            return LogRefusal(decided);
        }

        var token = received.Token is { } given ? given.AsMemory() : BearerHeader.ReadToken(Request.Headers.Authorization, out _isAmbiguous);
        if (_isAmbiguous)
        {
            log.RequestAmbiguous(Context, Scheme.Name, ErrorDescription.Ambiguous);
            return AuthenticateResult.Fail(ErrorDescription.Ambiguous);
        }

        if (token.IsEmpty)
            return AuthenticateResult.NoResult();

        var (claims, rejection) = MayBeIdToken(token.Span) ? await VerifyIdTokenAsync(token).ConfigureAwait(false) : await VerifyAccessTokenAsync(token).ConfigureAwait(false);
        return await (claims is not null ? AcceptAsync(claims, token) : RejectAsync(rejection!)).ConfigureAwait(false);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        if (_rejection is not null)
            RequestVerdicts.Find(Context)?.Answer();
        if (SchemeAnswers.IsGivenByOtherScheme(Response))
            return;

        if (_rejection is { Reason: TokenRejectionReason.ScopeMissing })
            await AnswerForbiddenAsync(properties, principal: null, ChallengeScopes.Find(Context, Options.Verification)).ConfigureAwait(false);
        else if (_rejection is { Reason: TokenRejectionReason.GroupMissing })
            await AnswerForbiddenAsync(properties, principal: null, scopes: []).ConfigureAwait(false);
        else
            await AnswerChallengeAsync(CreateChallenge(properties, authentication.Failure)).ConfigureAwait(false);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        // Several schemes may be asked in turn. Only the scheme that accepted the token names the scopes that are missing.
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        RequestVerdicts.Find(Context)?.Forbid(_rejection);
        if (_rejection is { Reason: TokenRejectionReason.KeysNotAvailable })
        {
            await AnswerChallengeAsync(CreateChallenge(properties, authentication.Failure)).ConfigureAwait(false);
            return;
        }

        await AnswerForbiddenAsync(properties, authentication.Principal, FindMissingScopes(authentication)).ConfigureAwait(false);
    }

    // If both kinds are accepted, the claim token_use chooses the verifier. A verifier rejects tokens of the other kind, so a wrong choice does no harm.
    private bool MayBeIdToken(ReadOnlySpan<char> token) => Options.AcceptedTokens switch
    {
        AcceptedTokens.Access => false,
        AcceptedTokens.Id => true,
        _ => token.Length <= Options.Verification.MaxTokenLength && CognitoTokenVerifier.ReadUnverifiedTokenUse(token) == "id",
    };

    private async ValueTask<(CognitoTokenClaims? Claims, TokenRejection? Rejection)> VerifyAccessTokenAsync(ReadOnlyMemory<char> token)
    {
        var verifier = Options.Verifier;
        var result = verifier.VerifyWithHeldKeys(token.Span) ?? await verifier.VerifyAsync(token.ToString(), Context.RequestAborted).ConfigureAwait(false);
        return (result.Claims, result.Rejection);
    }

    private async ValueTask<(CognitoTokenClaims? Claims, TokenRejection? Rejection)> VerifyIdTokenAsync(ReadOnlyMemory<char> token)
    {
        var verifier = Options.IdTokenVerifier!;
        var result = verifier.VerifyWithHeldKeys(token.Span) ?? await verifier.VerifyAsync(token.ToString(), Context.RequestAborted).ConfigureAwait(false);
        return (result.Claims, result.Rejection);
    }

    private async Task<AuthenticateResult> AcceptAsync(CognitoTokenClaims claims, ReadOnlyMemory<char> token)
    {
        var context = new CognitoTokenVerifiedContext(Context, Scheme, Options, claims)
        {
            Principal = CognitoIdentity.CreatePrincipal(claims, Scheme.Name, Options.NameClaimType, Options.RoleClaimType),
            Properties = TicketProperties.Create(claims, token, Options.SaveToken),
        };

        await Events.TokenVerified(context).ConfigureAwait(false);
        if (context.Result is null)
            context.Success();
        if (context.Result!.Succeeded)
            log.TokenAccepted(Context);
        return LogRefusal(context.Result);
    }

    private async Task<AuthenticateResult> RejectAsync(TokenRejection rejection)
    {
        _rejection = rejection;
        log.TokenRejected(Context, Scheme.Name, rejection);
        await Events.TokenRejected(new CognitoTokenRejectedContext(Context, Scheme, Options, rejection)).ConfigureAwait(false);
        return AuthenticateResult.Fail(rejection.Message);
    }

    private AuthenticateResult LogRefusal(AuthenticateResult result)
    {
        if (result.Failure is { } failure)
            log.Refused(Context, Scheme.Name, failure.Message);
        return result;
    }

    private CognitoChallengeContext CreateChallenge(AuthenticationProperties properties, Exception? failure)
    {
        var (status, error, description) = (_rejection?.Reason, failure) switch
        {
            // Nothing is wrong with the caller's token, so another token would not help.
            (TokenRejectionReason.KeysNotAvailable, _) => (StatusCodes.Status503ServiceUnavailable, null, ErrorDescription.KeysNotAvailable),
            ({ } reason, _) => (StatusCodes.Status401Unauthorized, "invalid_token", ErrorDescription.Describe(reason)),
            _ when _isAmbiguous => (StatusCodes.Status400BadRequest, "invalid_request", ErrorDescription.Ambiguous),
            (null, not null) => (StatusCodes.Status401Unauthorized, "invalid_token", ErrorDescription.Refused),
            _ => (StatusCodes.Status401Unauthorized, (string?)null, (string?)null),
        };
        return new CognitoChallengeContext(Context, Scheme, Options, properties)
        {
            StatusCode = status,
            Rejection = _rejection,
            AuthenticateFailure = failure,
            RequiredScopes = status == StatusCodes.Status401Unauthorized ? ChallengeScopes.Find(Context, Options.Verification) : [],
            Error = error,
            ErrorDescription = ErrorDescription.Fit(description, Options.AcceptedTokens),
        };
    }

    private async Task AnswerChallengeAsync(CognitoChallengeContext challenge)
    {
        await Events.Challenge(challenge).ConfigureAwait(false);
        if (!MayAnswer(challenge.Handled))
            return;

        Response.StatusCode = challenge.StatusCode;
        var description = Options.IncludeErrorDescription ? challenge.ErrorDescription : null;
        if (challenge.StatusCode == StatusCodes.Status503ServiceUnavailable)
            SchemeAnswers.AskToTryAgain(Response);
        else
            AppendChallenge(challenge.Error, description, challenge.RequiredScopes);

        new ResponseProblem(challenge.StatusCode, challenge.Error, description, challenge.RequiredScopes).Set(Context);
    }

    /// <summary>Answers 403: with a challenge as RFC 6750 requires if a scope is missing, without one if the request was forbidden for another reason.</summary>
    private async Task AnswerForbiddenAsync(AuthenticationProperties properties, ClaimsPrincipal? principal, IReadOnlyList<string> scopes)
    {
        var forbidden = new CognitoForbiddenContext(Context, Scheme, Options, properties) { Principal = principal, Rejection = _rejection, RequiredScopes = scopes };
        if (principal is not null)
            log.Forbidden(Context, Scheme.Name, principal);
        await Events.Forbidden(forbidden).ConfigureAwait(false);
        if (!MayAnswer(forbidden.Handled))
            return;

        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (scopes.Count == 0)
        {
            var lacksGroup = _rejection is { Reason: TokenRejectionReason.GroupMissing } || RequirementRecord.Find(Context) is { IsAnyGroupMissing: true };
            new ResponseProblem(StatusCodes.Status403Forbidden, Error: null, lacksGroup && Options.IncludeErrorDescription ? ErrorDescription.GroupMissing : null, scopes).Set(Context);
            return;
        }

        var description = Options.IncludeErrorDescription ? ErrorDescription.Fit(ErrorDescription.Describe(TokenRejectionReason.ScopeMissing), Options.AcceptedTokens) : null;
        AppendChallenge("insufficient_scope", description, scopes);
        new ResponseProblem(StatusCodes.Status403Forbidden, "insufficient_scope", description, scopes).Set(Context);
    }

    private IReadOnlyList<string> FindMissingScopes(AuthenticateResult authentication) =>
        authentication.Succeeded && RequirementRecord.Find(Context) is { IsAnyScopeMissing: true } ? ChallengeScopes.Find(Context, Options.Verification) : [];

    /// <summary>Whether this scheme answers. It does not if an event handler has written the response, or says that it does.</summary>
    private bool MayAnswer(bool isHandled)
    {
        if (isHandled)
            ResponseProblem.Suppress(Context);
        return !isHandled && !Response.HasStarted;
    }

    private void AppendChallenge(string? error, string? description, IReadOnlyCollection<string> scopes) =>
        Response.Headers.Append("WWW-Authenticate", BearerChallenge.Format(Realm, error, description, scopes, Options.ResourceAddress?.FormatMetadataAddress(Request)));
}
