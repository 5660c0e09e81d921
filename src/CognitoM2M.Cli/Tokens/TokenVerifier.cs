using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Tokens;

/// <summary>A verifier of access tokens, or of ID tokens.</summary>
internal sealed class TokenVerifier : IDisposable
{
    private readonly Func<string, CancellationToken, Task<TokenVerdict>> _verifyAsync;

    private TokenVerifier(CognitoTokenVerifier inner, Func<string, CancellationToken, Task<TokenVerdict>> verifyAsync) => (Inner, _verifyAsync) = (inner, verifyAsync);

    /// <summary>The verifier of the library. It loads the key sets and lists them.</summary>
    public CognitoTokenVerifier Inner { get; }

    /// <summary>The options of a verifier, without user pools.</summary>
    /// <param name="kind">Which tokens are valid.</param>
    /// <param name="scopes">The scopes that an access token must have. ID tokens have none.</param>
    public static CognitoTokenVerifierOptions CreateOptions(CognitoTokenKind kind, IEnumerable<string> scopes)
    {
        CognitoTokenVerifierOptions options = kind == CognitoTokenKind.Id
            ? new CognitoIdTokenVerifierOptions()
            : new CognitoAccessTokenVerifierOptions { AllOfScopes = [.. scopes] };
        options.VerifiedTokenCacheSize = 0;
        return options;
    }

    public static TokenVerifier Create(CognitoTokenVerifierOptions options, TimeProvider time)
    {
        if (options is CognitoIdTokenVerifierOptions forIdTokens)
        {
            var idTokens = new CognitoIdTokenVerifier(forIdTokens, timeProvider: time);
            return new(idTokens, async (token, cancelled) => TokenVerdict.Create(await idTokens.VerifyAsync(token, cancelled).ConfigureAwait(false)));
        }

        var accessTokens = new CognitoAccessTokenVerifier((CognitoAccessTokenVerifierOptions)options, timeProvider: time);
        return new(accessTokens, async (token, cancelled) => TokenVerdict.Create(await accessTokens.VerifyAsync(token, cancelled).ConfigureAwait(false)));
    }

    public Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken) => _verifyAsync(token, cancellationToken);

    public void Dispose() => Inner.Dispose();
}
