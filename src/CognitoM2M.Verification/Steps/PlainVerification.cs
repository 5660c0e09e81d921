using System.Buffers;
using System.Text;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Steps;

/// <summary>
/// Verifies access tokens in the plain form that Cognito writes, if their header is known and their key is held. That is nearly every access token. Each is
/// decoded once, and only what stays is copied. Other tokens have no outcome here: <see cref="VerificationSteps{TClaims}"/> decides about them, and
/// explains each rejection.
/// </summary>
/// <param name="issuers">The issuers whose tokens are accepted.</param>
internal sealed class PlainVerification(TrustedIssuers issuers) : IPlainVerification<CognitoAccessTokenClaims>
{
    // The size for an RSA key of 4096 bits.
    private const int MaxSignatureBytes = 512;

    private readonly KnownHeaders _headers = new();

    /// <inheritdoc/>
    public void KeepHeader(ReadOnlySpan<char> token, string keyId) => _headers.Add(token[..token.IndexOf('.')], keyId);

    /// <inheritdoc/>
    public PlainOutcome<CognitoAccessTokenClaims>? Verify(ReadOnlySpan<char> token)
    {
        var headerEnd = token.IndexOf('.');
        var payloadEnd = token.LastIndexOf('.');
        if (payloadEnd <= headerEnd || _headers.FindKeyId(token[..headerEnd]) is not { } keyId)
            return null;

        var payload = token[(headerEnd + 1)..payloadEnd];
        var signature = token[(payloadEnd + 1)..];
        if (!StrictBase64Url.IsWellFormed(payload)
            || !StrictBase64Url.IsWellFormed(signature)
            || StrictBase64Url.CountBytes(signature.Length) is var signatureLength && signatureLength > MaxSignatureBytes)
        {
            return null;
        }

        var payloadLength = StrictBase64Url.CountBytes(payload.Length);
        var rented = ArrayPool<byte>.Shared.Rent(payloadLength + payloadEnd);
        try
        {
            var utf8 = rented.AsSpan(0, payloadLength);
            StrictBase64Url.Decode(payload, utf8);
            if (!PlainClaims.TryRead(utf8, out var claims)
                || issuers.Find(claims.Issuer) is not { } issuer
                || claims.FindClientId(issuer) is not { } clientId
                || issuer.Keys.FindHeld(keyId) is not { Key: { Problem: null } key, Keys: { } keys })
            {
                return null;
            }

            // The signature is not written into the rented array, so a whole token never stays there.
            Span<byte> signatureBytes = stackalloc byte[signatureLength];
            StrictBase64Url.Decode(signature, signatureBytes);
            var signed = rented.AsSpan(payloadLength, payloadEnd);
            Encoding.ASCII.GetBytes(token[..payloadEnd], signed);
            return key.Verify(signed, signatureBytes)
                ? new PlainOutcome<CognitoAccessTokenClaims>(claims.Create(issuer, clientId, utf8), Rejection: null, issuer, keys)
                : new PlainOutcome<CognitoAccessTokenClaims>(Claims: null, SignatureCheck.Reject(keyId), issuer, keys);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
