using System.Diagnostics.Metrics;
using CognitoM2M.Verification.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Verification;

/// <summary>
/// Verifies ID tokens of Amazon Cognito user pools, as strictly as <see cref="CognitoAccessTokenVerifier"/> verifies access tokens. Create one verifier and
/// keep it as long as the program runs, because it holds the keys and the verified tokens. Safe for use by many threads.
/// </summary>
/// <remarks>
/// The rules follow AWS ("Verifying JSON web tokens"), OpenID Connect Core (section 3.1.3.7) and RFC 8725. An ID token says to an app client who signed in.
/// An API should take access tokens, because an ID token has no scopes.
/// </remarks>
public sealed class CognitoIdTokenVerifier : CognitoTokenVerifier
{
    private volatile OptionsInForce<CognitoIdTokenClaims> _inForce;

    /// <summary>Creates a verifier for the tokens of one user pool. No key is downloaded yet.</summary>
    /// <param name="userPoolId">The id of the user pool, such as <c>eu-west-1_AbCdEf123</c>.</param>
    /// <param name="clientIds">The ids of the app clients whose tokens are accepted (<c>aud</c>); at least one.</param>
    /// <exception cref="OptionsValidationException">The arguments are wrong. The exception lists all mistakes.</exception>
    public CognitoIdTokenVerifier(string userPoolId, IEnumerable<string> clientIds)
        : this(new CognitoIdTokenVerifierOptions { UserPools = [TrustedUserPool.Create(userPoolId, clientIds)] })
    {
    }

    /// <summary>Creates a verifier. No key is downloaded yet.</summary>
    /// <inheritdoc cref="CognitoAccessTokenVerifier(CognitoAccessTokenVerifierOptions, ILoggerFactory, Func{HttpClient}, TimeProvider, IMeterFactory)"/>
    public CognitoIdTokenVerifier(
        CognitoIdTokenVerifierOptions options,
        ILoggerFactory? loggerFactory = null,
        Func<HttpClient>? createHttpClient = null,
        TimeProvider? timeProvider = null,
        IMeterFactory? meterFactory = null)
        : base(loggerFactory, createHttpClient, timeProvider, meterFactory)
    {
        _inForce = PutIntoForce(options);
        Start();
    }

    internal CognitoIdTokenVerifier(CognitoIdTokenVerifierOptions options, CognitoTokenVerifier keysOf)
        : base(keysOf)
    {
        _inForce = PutIntoForce(options);
        Start();
    }

    private protected override OptionsInForce InForce => _inForce;

    /// <inheritdoc cref="CognitoAccessTokenVerifier.ChangeOptions"/>
    public void ChangeOptions(CognitoIdTokenVerifierOptions options) => Change(() => _inForce = PutIntoForce(options));

    /// <summary>Verifies a token. If a key set has to be downloaded first, the verdict comes after the download.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. Null and an empty text are rejected as <see cref="TokenRejectionReason.Missing"/>.</param>
    /// <param name="cancellationToken">Ends this caller's wait. The download goes on, because other callers may wait for it.</param>
    /// <returns>The verdict. The task is already complete if no download is needed.</returns>
    public ValueTask<VerificationResult<CognitoIdTokenClaims>> VerifyAsync(string? token, CancellationToken cancellationToken = default) =>
        _inForce.VerifyAsync(token, binding: null, cancellationToken);

    /// <summary>Verifies a token that comes from a sign-in, and that it belongs to this sign-in.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c>. Null and an empty text are rejected as <see cref="TokenRejectionReason.Missing"/>.</param>
    /// <param name="binding">The nonce of the authentication request, and the access token that came with the ID token.</param>
    /// <param name="cancellationToken">Ends this caller's wait. The download goes on, because other callers may wait for it.</param>
    /// <returns>The verdict. The task is already complete if no download is needed.</returns>
    public ValueTask<VerificationResult<CognitoIdTokenClaims>> VerifyAsync(string? token, IdTokenBinding binding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return _inForce.VerifyAsync(token, binding, cancellationToken);
    }

    /// <inheritdoc cref="CognitoAccessTokenVerifier.VerifyWithHeldKeys"/>
    public VerificationResult<CognitoIdTokenClaims>? VerifyWithHeldKeys(ReadOnlySpan<char> token) => _inForce.Verify(token, binding: null);

    private OptionsInForce<CognitoIdTokenClaims> PutIntoForce(CognitoIdTokenVerifierOptions options)
    {
        ThrowIfNotValid(options);
        var copy = options.Copy();
        return new OptionsInForce<CognitoIdTokenClaims>(copy, new IdTokenKind(copy), SharedKeySets, user: this);
    }
}
