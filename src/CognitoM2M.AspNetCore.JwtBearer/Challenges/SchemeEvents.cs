using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace CognitoM2M.AspNetCore.JwtBearer.Challenges;

/// <summary>
/// Stands in front of the events of the application for one request: records for the log whether the token was accepted, and puts the reason of a rejection into a
/// challenge before the application sees the challenge.
/// </summary>
internal sealed class SchemeEvents(JwtBearerEvents application, AnswerLog log) : JwtBearerEvents
{
    /// <summary>The challenge, as the application left it.</summary>
    public JwtBearerChallengeContext? ChallengeContext { get; private set; }

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        await application.MessageReceived(context).ConfigureAwait(false);
        NoteAcceptance(context);
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        await application.TokenValidated(context).ConfigureAwait(false);
        if (context.Result is null)
            log.TokenAccepted(context.HttpContext);
        else
            NoteAcceptance(context);
    }

    public override async Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (CognitoTokenRejectedException.Find(context.Exception) is { } rejection)
            log.TokenRejected(context.HttpContext, context.Scheme.Name, rejection);
        await application.AuthenticationFailed(context).ConfigureAwait(false);
        if (context.Result is { Succeeded: true })
            AnswerLog.AcceptedInSpite(context.HttpContext);
    }

    public override Task Forbidden(ForbiddenContext context) => application.Forbidden(context);

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        ChallengeContext = context;
        Describe(context);
        return application.Challenge(context);
    }

    private void NoteAcceptance(ResultContext<JwtBearerOptions> context)
    {
        if (context.Result is { Succeeded: true })
            log.TokenAccepted(context.HttpContext);
    }

    private static void Describe(JwtBearerChallengeContext context)
    {
        // Without an error, the application does not want details in the answer.
        if (CognitoTokenRejectedException.Find(context.AuthenticateFailure) is not { Reason: var reason } || context.Error is null)
            return;

        if (reason is TokenRejectionReason.KeysNotAvailable or TokenRejectionReason.GroupMissing)
        {
            // Nothing is wrong with the caller's token. RFC 6750 has no error code for a caller who is not permitted.
            (context.Error, context.ErrorDescription) = (null, null);
            return;
        }

        if (reason is TokenRejectionReason.ScopeMissing)
            context.Error = ChallengeHeader.InsufficientScope;
        // JwtBearer itself describes some reasons. It describes an issuer by quoting the token, which may contain anything.
        if (string.IsNullOrEmpty(context.ErrorDescription) || reason is TokenRejectionReason.IssuerNotTrusted)
            context.ErrorDescription = ErrorDescription.Describe(reason);
    }
}
