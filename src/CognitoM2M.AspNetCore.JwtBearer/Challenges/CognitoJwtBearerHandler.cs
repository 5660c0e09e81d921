using System.Text.Encodings.Web;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.Problems;
using CognitoM2M.AspNetCore.Requirements;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CognitoM2M.AspNetCore.JwtBearer.Challenges;

/// <summary>
/// JwtBearer's handler, with the answers that callers of an API need: 503 if no keys are available, 403 if the token lacks a scope, and the scopes that
/// the endpoint requires. The events of the application are called as always, and an answer that they write is kept.
/// </summary>
internal sealed class CognitoJwtBearerHandler(
    IOptionsMonitor<JwtBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptionsMonitor<CognitoM2MAuthenticationOptions> verifiers, AnswerLog log)
    : JwtBearerHandler(options, new JwtBearerLoggerFactory(logger), encoder), ICognitoM2MAuthenticationHandler
{
    protected override async Task InitializeEventsAsync()
    {
        await base.InitializeEventsAsync().ConfigureAwait(false);
        Events = new SchemeEvents(Events, log);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        var reason = CognitoTokenRejectedException.Find(authentication.Failure)?.Reason;
        if (reason is not null)
            RequestVerdicts.Find(Context)?.Answer();
        if (SchemeAnswers.IsGivenByOtherScheme(Response))
            return;

        var headers = Response.Headers.WWWAuthenticate;
        await base.HandleChallengeAsync(properties).ConfigureAwait(false);
        var challenge = ((SchemeEvents)Events).ChallengeContext!;
        if (challenge.Handled)
            ResponseProblem.Suppress(Context);
        if (challenge.Handled || Response.HasStarted)
            return;

        if (reason is TokenRejectionReason.KeysNotAvailable)
        {
            AskToTryAgain();
            return;
        }

        if (reason is TokenRejectionReason.GroupMissing)
        {
            Forbid(headers);
            return;
        }

        var scopes = FindScopes();
        if (reason is TokenRejectionReason.ScopeMissing)
            Response.StatusCode = StatusCodes.Status403Forbidden;
        if (scopes.Count > 0 && Response.Headers.WWWAuthenticate.Count > headers.Count)
            Response.Headers.WWWAuthenticate = ChallengeHeader.AddScopes(Response.Headers.WWWAuthenticate, scopes);
        new ResponseProblem(Response.StatusCode, challenge.Error, challenge.ErrorDescription, scopes).Set(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var authentication = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        var rejection = CognitoTokenRejectedException.Find(authentication.Failure);
        RequestVerdicts.Find(Context)?.Forbid(rejection);
        if (rejection is { Reason: TokenRejectionReason.KeysNotAvailable })
        {
            AskToTryAgain();
            return;
        }

        if (authentication.Principal is { } caller)
            log.Forbidden(Context, Scheme.Name, caller);
        // Several schemes may be asked in turn. Only the scheme that accepted the token names the scopes that are missing.
        var scopes = authentication.Succeeded && RequirementRecord.Find(Context) is { IsAnyScopeMissing: true } ? FindScopes() : [];
        var (error, description) = Options.IncludeErrorDetails && scopes.Count > 0
            ? (ChallengeHeader.InsufficientScope, ErrorDescription.Describe(TokenRejectionReason.ScopeMissing))
            : ((string?)null, (string?)null);
        // This comes before the event, because the event may write the body.
        if (scopes.Count > 0 && !Response.HasStarted)
            Response.Headers.Append("WWW-Authenticate", ChallengeHeader.Format(Options.Challenge, error, description, scopes));
        if (scopes.Count == 0 && Options.IncludeErrorDetails && RequirementRecord.Find(Context) is { IsAnyGroupMissing: true })
            description = ErrorDescription.GroupMissing;
        new ResponseProblem(StatusCodes.Status403Forbidden, error, description, scopes).Set(Context);
        await base.HandleForbiddenAsync(properties).ConfigureAwait(false);
    }

    private IReadOnlyList<string> FindScopes() => ChallengeScopes.Find(Context, verifiers.Get(Scheme.Name).Verification);

    /// <summary>The caller lacks a group that the scheme requires of every token. The challenge of the base class is taken back.</summary>
    private void Forbid(StringValues formerHeaders)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = formerHeaders;
        new ResponseProblem(Response.StatusCode, Error: null, Options.IncludeErrorDetails ? ErrorDescription.GroupMissing : null, []).Set(Context);
    }

    /// <summary>Nothing is wrong with the caller's token, so another token would not help.</summary>
    private void AskToTryAgain()
    {
        if (Response.HasStarted)
            return;
        SchemeAnswers.AskToTryAgain(Response);
        new ResponseProblem(Response.StatusCode, Error: null, ErrorDescription.KeysNotAvailable, []).Set(Context);
    }
}
