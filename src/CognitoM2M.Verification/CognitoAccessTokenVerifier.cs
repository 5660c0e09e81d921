using System.Diagnostics.Metrics;
using CognitoM2M.Verification.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Verification;

/// <summary>
/// Verifies access tokens of Amazon Cognito user pools. Create one verifier and keep it as long as the program runs, because it holds the
/// keys and the verified tokens. Safe for use by many threads.
/// </summary>
/// <remarks>The rules follow AWS ("Verifying JSON web tokens") and RFC 8725.</remarks>
public sealed class CognitoAccessTokenVerifier : CognitoTokenVerifier
{
    private volatile OptionsInForce<CognitoAccessTokenClaims> _inForce;

    /// <summary>Creates a verifier for the tokens of one user pool. No key is downloaded yet.</summary>
    /// <param name="userPoolId">The id of the user pool, such as <c>eu-west-1_AbCdEf123</c>.</param>
    /// <param name="clientIds">The ids of the app clients whose tokens are accepted; at least one.</param>
    /// <exception cref="OptionsValidationException">The arguments are wrong. The exception lists all mistakes.</exception>
    public CognitoAccessTokenVerifier(string userPoolId, IEnumerable<string> clientIds)
        : this(new CognitoAccessTokenVerifierOptions { UserPools = [TrustedUserPool.Create(userPoolId, clientIds)] })
    {
    }

    /// <summary>Creates a verifier. No key is downloaded yet.</summary>
    /// <param name="options">The settings. They are copied, so later changes of the object have no effect: see <see cref="ChangeOptions"/>.</param>
    /// <param name="loggerFactory">Logs changes and outages of key sets; null for no log. Verdicts are not logged.</param>
    /// <param name="createHttpClient">
    /// Returns the HttpClient for each download of a key set, for a proxy or a test. It should follow no redirects. The verifier does not dispose
    /// it, so return a shared one, or one of IHttpClientFactory. If null, the verifier uses its own.
    /// </param>
    /// <param name="timeProvider">The clock; the system's clock if null.</param>
    /// <param name="meterFactory">
    /// Creates the meter <see cref="CognitoVerificationDiagnostics.MeterName"/>; if null, all verifiers of the process that have no factory share one meter.
    /// </param>
    /// <exception cref="OptionsValidationException">The options are wrong. The exception lists all mistakes.</exception>
    public CognitoAccessTokenVerifier(
        CognitoAccessTokenVerifierOptions options,
        ILoggerFactory? loggerFactory = null,
        Func<HttpClient>? createHttpClient = null,
        TimeProvider? timeProvider = null,
        IMeterFactory? meterFactory = null)
        : base(loggerFactory, createHttpClient, timeProvider, meterFactory)
    {
        _inForce = PutIntoForce(options);
        Start();
    }

    private protected override OptionsInForce InForce => _inForce;

    /// <summary>Creates a verifier of ID tokens that uses the key sets of this verifier, so that no key set is downloaded twice.</summary>
    /// <param name="options">The settings. They are copied.</param>
    /// <returns>The verifier. It uses the logger, HttpClient, clock and meter of this verifier. Dispose this verifier last.</returns>
    /// <exception cref="OptionsValidationException">The options are wrong. The exception lists all mistakes.</exception>
    public CognitoIdTokenVerifier CreateIdTokenVerifier(CognitoIdTokenVerifierOptions options) => new(options, this);

    /// <summary>
    /// Replaces the settings. Tokens that arrive later are judged by the new settings. The keys of user pools that stay are kept, so nobody
    /// waits for a download; the cache of verified tokens begins empty.
    /// </summary>
    /// <param name="options">The settings. They are copied.</param>
    /// <exception cref="OptionsValidationException">The options are wrong, and the former settings stay in use. The exception lists all mistakes.</exception>
    public void ChangeOptions(CognitoAccessTokenVerifierOptions options) => Change(() => _inForce = PutIntoForce(options));

    /// <summary>Verifies a token. If a key set has to be downloaded first, the verdict comes after the download.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. Null and an empty text are rejected as <see cref="TokenRejectionReason.Missing"/>.</param>
    /// <param name="cancellationToken">Ends this caller's wait. The download goes on, because other callers may wait for it.</param>
    /// <returns>The verdict. The task is already complete if no download is needed.</returns>
    public ValueTask<VerificationResult<CognitoAccessTokenClaims>> VerifyAsync(string? token, CancellationToken cancellationToken = default) =>
        _inForce.VerifyAsync(token, binding: null, cancellationToken);

    /// <summary>Verifies a token with the keys that are held, without waiting.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>.</param>
    /// <returns>
    /// The verdict; read <see cref="VerificationResult{TClaims}.IsValid"/>. Null if a key set has to be downloaded first: then nothing is known about the
    /// token, the download has started, and <see cref="VerifyAsync"/> waits for it.
    /// </returns>
    public VerificationResult<CognitoAccessTokenClaims>? VerifyWithHeldKeys(ReadOnlySpan<char> token) => _inForce.Verify(token, binding: null);

    private OptionsInForce<CognitoAccessTokenClaims> PutIntoForce(CognitoAccessTokenVerifierOptions options)
    {
        ThrowIfNotValid(options);
        var copy = options.Copy();
        return new OptionsInForce<CognitoAccessTokenClaims>(copy, new AccessTokenKind(copy), SharedKeySets, user: this);
    }
}
