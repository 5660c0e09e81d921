using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>Proof that the program which exchanges a code is the one that asked for it (PKCE, RFC 7636). Only S256, as in Cognito.</summary>
internal static class CodeVerifier
{
    public const string Method = "S256";

    private static readonly SearchValues<char> _unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Whether the text can be a challenge: a SHA-256 hash in base64url.</summary>
    public static bool IsChallenge(string text) =>
        Base64Url.IsValid(text, out var length) && length == SHA256.HashSizeInBytes && !text.Contains('=', StringComparison.Ordinal);

    /// <param name="challenge">The challenge of the authorization request; null if it had none.</param>
    /// <param name="verifier">The verifier of the token request; null if it has none.</param>
    /// <returns>True if the verifier fits the challenge, or if there is neither.</returns>
    public static bool Fits(string? challenge, string? verifier)
    {
        if (challenge is null || verifier is null)
            return challenge is null && verifier is null;

        return verifier.Length is >= 43 and <= 128
            && !verifier.AsSpan().ContainsAnyExcept(_unreserved)
            && ConstantTime.AreEqual(challenge, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }
}
