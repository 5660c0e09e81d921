using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.UserSessions.Authorization;

/// <summary>Code verifiers and challenges (PKCE, RFC 7636), method S256. Cognito supports no other.</summary>
internal static class CodeVerifier
{
    public const string Method = "S256";

    private static readonly SearchValues<char> _unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Creates a text of 43 characters with 256 random bits. Serves as verifier and as nonce.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string CreateChallenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>Whether the text has the form of a verifier (RFC 7636, section 4.1).</summary>
    public static bool IsWellFormed(string? verifier) => verifier is { Length: >= 43 and <= 128 } && !verifier.AsSpan().ContainsAnyExcept(_unreserved);

    /// <summary>Whether the verifier fits the challenge.</summary>
    public static bool Fits(string? verifier, string challenge) =>
        IsWellFormed(verifier)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CreateChallenge(verifier!)), Encoding.ASCII.GetBytes(challenge));
}
