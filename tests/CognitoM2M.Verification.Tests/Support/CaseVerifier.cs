using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>A verifier for the kind of token of a case: of access tokens or of ID tokens.</summary>
internal sealed class CaseVerifier : IDisposable
{
    private readonly CognitoAccessTokenVerifier? _accessTokens;
    private readonly CognitoIdTokenVerifier? _idTokens;
    private readonly IdTokenBinding? _binding;

    public CaseVerifier(VerdictCase verdict)
    {
        Func<HttpClient> createClient = verdict.CreateKeySetServer().CreateClient;
        _binding = verdict.Binding;
        if (verdict.IsIdToken)
            _idTokens = new CognitoIdTokenVerifier(verdict.CreateIdTokenOptions(), createHttpClient: createClient, timeProvider: verdict.CreateClock());
        else
            _accessTokens = new CognitoAccessTokenVerifier(verdict.CreateOptions(), createHttpClient: createClient, timeProvider: verdict.CreateClock());
    }

    public async Task<CaseResult> VerifyAsync(string token)
    {
        if (_accessTokens is not null)
            return CaseResult.Create(await _accessTokens.VerifyAsync(token));
        return CaseResult.Create(await (_binding is null ? _idTokens!.VerifyAsync(token) : _idTokens!.VerifyAsync(token, _binding)));
    }

    /// <summary>Verifies without waiting, or waits if a download is needed.</summary>
    public async Task<CaseResult> VerifyAgainAsync(string token)
    {
        // An unknown key may cause another download. Without waiting for it, there is no verdict then.
        var held = _accessTokens is not null ? CaseResult.Create(_accessTokens.VerifyWithHeldKeys(token))
            : _binding is null ? CaseResult.Create(_idTokens!.VerifyWithHeldKeys(token))
            : null;
        return held ?? await VerifyAsync(token);
    }

    public void Dispose()
    {
        _accessTokens?.Dispose();
        _idTokens?.Dispose();
    }
}

/// <summary>The verdict on a token of either kind.</summary>
internal sealed record CaseResult(CognitoTokenClaims? Claims, TokenRejection? Rejection, bool IsValid, string Text)
{
    [return: NotNullIfNotNull(nameof(result))]
    public static CaseResult? Create<TClaims>(VerificationResult<TClaims>? result)
        where TClaims : CognitoTokenClaims => result is null ? null : new CaseResult(result.Claims, result.Rejection, result.IsValid, result.ToString());
}
