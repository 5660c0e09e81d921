using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Steps;

/// <summary>Checks the signature of a token with the key that its header names.</summary>
internal static class SignatureCheck
{
    /// <returns>Why the signature is not accepted; null if it is valid.</returns>
    public static TokenRejection? Check(UnverifiedToken token, KeyLookup lookup)
    {
        if (lookup is { Key: null, Problem: { } failure })
            return new TokenRejection(TokenRejectionReason.KeysNotAvailable, "the current key set of the issuer", $"none: {failure}");
        if (lookup.Key is not { } key)
            return new TokenRejection(TokenRejectionReason.KeyNotFound, "a kid of the key set of the issuer", SafeText.Quote(token.KeyId));
        if (key.Problem is { } problem)
            return new TokenRejection(TokenRejectionReason.KeyNotUsable, "a key for RS256 signatures", $"key {SafeText.Quote(token.KeyId)}: {problem}");
        return key.Verify(token.SignedBytes, token.Signature) ? null : Reject(token.KeyId);
    }

    /// <summary>Rejects a token whose signature does not match.</summary>
    public static TokenRejection Reject(string keyId) =>
        new(TokenRejectionReason.SignatureNotValid, $"the signature of key {SafeText.Quote(keyId)}", "a signature that does not match");
}
