using System.Buffers;
using System.Net.Http.Headers;
using System.Text;

namespace CognitoM2M.Shared;

/// <summary>A client id and its secret in an Authorization header (client_secret_basic; RFC 6749, section 2.3.1).</summary>
internal static class BasicCredentials
{
    // The RFC has both parts form-encoded, and some servers do not decode them. Encoding does not change these characters.
    private static readonly SearchValues<char> _sameWhenEncoded =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.*");

    /// <summary>Creates the header; null if servers could read it differently. The credentials then go into the body.</summary>
    public static AuthenticationHeaderValue? Create(string clientId, string secret) =>
        IsSameWhenEncoded(clientId) && IsSameWhenEncoded(secret)
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{clientId}:{secret}")))
            : null;

    private static bool IsSameWhenEncoded(string text) => !text.AsSpan().ContainsAnyExcept(_sameWhenEncoded);
}
