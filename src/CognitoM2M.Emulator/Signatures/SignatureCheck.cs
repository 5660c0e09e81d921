using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Signatures;

/// <summary>Checks that requests are signed with one certain access key (AWS Signature Version 4).</summary>
internal sealed partial class SignatureCheck(EmulatorCredentials credentials, TimeProvider timeProvider)
{
    public const string Service = "cognito-idp";
    private const string Incomplete = "IncompleteSignatureException";
    private const string Mismatch = "InvalidSignatureException";
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan _allowedSkew = TimeSpan.FromMinutes(5);

    /// <summary>Operations that AWS's clients do not sign. The caller is authenticated by a client secret, a password or a token.</summary>
    private static readonly FrozenSet<string> _unsigned =
        new[]
        {
            "GetClientToken", "InitiateAuth", "RespondToAuthChallenge", "GetTokensFromRefreshToken", "GetUser", "GlobalSignOut", "RevokeToken",
        }.ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="RefusedException">The operation must be signed, and the request is not signed with the access key.</exception>
    public void Check(string operation, IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (_unsigned.Contains(operation))
            return;

        var authorization = headers.Authorization.ToString();
        if (authorization.Length == 0)
            throw new RefusedException("MissingAuthenticationTokenException", "Missing Authentication Token");
        if (SignatureHeader.Parse(authorization) is not { } presented
            || !presented.SignedHeaders.Contains("host", StringComparer.Ordinal)
            || !presented.SignedHeaders.Contains("x-amz-date", StringComparer.Ordinal))
            throw new RefusedException(Incomplete, "The request signature does not conform to AWS standards.");
        if (presented.AccessKeyId != credentials.AccessKeyId)
            throw new RefusedException("UnrecognizedClientException", "The security token included in the request is invalid.");

        CheckTime(presented, headers);
        var expected = ComputeSignature(presented, CreateCanonicalRequest(presented, headers, body), headers["X-Amz-Date"].ToString());
        if (presented.Service != Service || !ConstantTime.AreEqual(expected, presented.Signature))
        {
            throw new RefusedException(
                Mismatch,
                "The request signature we calculated does not match the signature you provided. "
                    + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
        }
    }

    private void CheckTime(SignatureHeader presented, IHeaderDictionary headers)
    {
        var isDate = DateTimeOffset.TryParseExact(
            headers["X-Amz-Date"].ToString(), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt);
        if (!isDate || presented.Date != signedAt.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            throw new RefusedException(Incomplete, "The date in the credential scope does not match the date of the request.");
        if ((timeProvider.GetUtcNow() - signedAt).Duration() > _allowedSkew)
            throw new RefusedException(
                Mismatch, $"Signature expired: the time of the request differs from the time of the emulator by more than {_allowedSkew.TotalMinutes:0} minutes.");
    }

    private static string CreateCanonicalRequest(SignatureHeader presented, IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        // The JSON API serves only POST / without a query.
        var canonical = new StringBuilder("POST\n/\n\n");
        foreach (var name in presented.SignedHeaders)
            canonical.Append(name).Append(':').Append(Spaces.Replace(headers[name].ToString().Trim(), " ")).Append('\n');

        return canonical
            .Append('\n')
            .AppendJoin(';', presented.SignedHeaders)
            .Append('\n')
            .Append(Convert.ToHexStringLower(SHA256.HashData(body)))
            .ToString();
    }

    private string ComputeSignature(SignatureHeader presented, string canonicalRequest, string signedAt)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)));
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey);
        foreach (var step in (string[])[presented.Date, presented.Region, presented.Service, "aws4_request"])
            key = ComputeHmac(key, step);
        return Convert.ToHexStringLower(ComputeHmac(key, $"{SignatureHeader.Algorithm}\n{signedAt}\n{presented.Scope}\n{hash}"));
    }

    private static byte[] ComputeHmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(" +", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces { get; }
}
