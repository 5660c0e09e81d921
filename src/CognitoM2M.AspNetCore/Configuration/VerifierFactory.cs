using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>Makes the verifier of a scheme once its options are complete.</summary>
internal sealed class VerifierFactory(ILoggerFactory loggerFactory, TimeProvider timeProvider) : IPostConfigureOptions<CognitoM2MAuthenticationOptions>
{
    public void PostConfigure(string? name, CognitoM2MAuthenticationOptions options)
    {
        // If something is wrong the validator says so, together with what else is.
        if (options.Verification.Validate().Count == 0)
        {
            options.Verifier = new CognitoAccessTokenVerifier(
                options.Verification, loggerFactory, options.CreateKeySetHttpClient, options.TimeProvider ?? timeProvider);
        }
    }
}
