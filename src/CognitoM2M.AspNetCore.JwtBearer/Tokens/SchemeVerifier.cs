using CognitoM2M.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Tokens;

/// <summary>The verifier of a scheme and its settings.</summary>
/// <param name="scheme">The name of the scheme.</param>
/// <param name="services">
/// Provides the options. The options are resolved when the first token arrives, because the options of the verifier and the options of JwtBearer depend on
/// each other while they are created.
/// </param>
/// <param name="timeProvider">The clock, unless the options of the scheme have one.</param>
internal sealed class SchemeVerifier(string scheme, IServiceProvider services, TimeProvider timeProvider)
{
    private readonly Lazy<IOptionsMonitor<CognitoM2MAuthenticationOptions>> _verifiers = new(services.GetRequiredService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>);

    public string Scheme { get; } = scheme;

    public CognitoAccessTokenVerifier Verifier => Options.Verifier;

    /// <summary>Whether JsonWebTokenHandler verifies tokens as well.</summary>
    public bool VerifiesTwice => Options.Origin is not CognitoM2MJwtBearerOptions { VerifyWithJsonWebTokenHandler: false };

    public TimeSpan ClockTolerance => Options.Verification.ClockTolerance;

    public DateTimeOffset Now => (Options.TimeProvider ?? timeProvider).GetUtcNow();

    private CognitoM2MAuthenticationOptions Options => _verifiers.Value.Get(Scheme);
}
