using CognitoM2M.Verification;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer;

/// <summary>
/// Says why the verifier rejected a token. In the events of <c>JwtBearerOptions</c>, this is the exception itself, or the inner exception of the exception that
/// Microsoft.IdentityModel has for the same reason, such as <see cref="SecurityTokenExpiredException"/>. <see cref="Find"/> finds it in both cases.
/// </summary>
public sealed class CognitoTokenRejectedException : SecurityTokenValidationException
{
    /// <summary>Creates an exception. The scheme creates these; create one yourself to unit-test your own handler.</summary>
    public CognitoTokenRejectedException(TokenRejection rejection)
        : base(GetMessage(rejection)) => Rejection = rejection;

    /// <summary>Why the token was rejected. Log it, but do not send it to callers.</summary>
    public TokenRejection Rejection { get; }

    /// <summary>Finds why the verifier rejected a token.</summary>
    /// <param name="failure">The exception of a failed authentication; may be null.</param>
    /// <returns>Null if the authentication failed for another reason.</returns>
    public static TokenRejection? Find(Exception? failure) => failure switch
    {
        CognitoTokenRejectedException rejected => rejected.Rejection,
        // Several token handlers have failed.
        AggregateException several => several.InnerExceptions.Select(Find).FirstOrDefault(rejection => rejection is not null),
        null => null,
        _ => Find(failure.InnerException),
    };

    private static string GetMessage(TokenRejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return rejection.Message;
    }
}
