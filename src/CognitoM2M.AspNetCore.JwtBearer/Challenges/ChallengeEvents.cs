using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace CognitoM2M.AspNetCore.JwtBearer.Challenges;

/// <summary>
/// Stands in front of the events of the application while JwtBearer writes a challenge: puts the reason of the rejection into the context before the
/// application sees the context.
/// </summary>
internal sealed class ChallengeEvents(JwtBearerEvents application, TokenRejectionReason? reason) : JwtBearerEvents
{
    /// <summary>The events of the application.</summary>
    public JwtBearerEvents Application => application;

    /// <summary>The challenge, as the application left it.</summary>
    public JwtBearerChallengeContext? Context { get; private set; }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        Context = context;
        Describe(context);
        return application.Challenge(context);
    }

    private void Describe(JwtBearerChallengeContext context)
    {
        // Without an error, the application does not want details in the answer.
        if (reason is not { } known || context.Error is null)
            return;

        if (known is TokenRejectionReason.KeysNotAvailable or TokenRejectionReason.GroupMissing)
        {
            // Nothing is wrong with the caller's token. RFC 6750 has no error code for a caller who is not permitted.
            (context.Error, context.ErrorDescription) = (null, null);
            return;
        }

        if (known is TokenRejectionReason.ScopeMissing)
            context.Error = ChallengeHeader.InsufficientScope;
        // JwtBearer itself describes some reasons. It describes an issuer by quoting the token, which may contain anything.
        if (string.IsNullOrEmpty(context.ErrorDescription) || known is TokenRejectionReason.IssuerNotTrusted)
            context.ErrorDescription = ErrorDescription.Describe(known);
    }
}
