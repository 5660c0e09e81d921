using System.Diagnostics;
using System.Text;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>Who a token request says it is from: <c>client_secret_basic</c> or <c>client_secret_post</c>.</summary>
internal sealed class ClientCredentials
{
    private const string BasicScheme = "Basic ";

    public string? ClientId { get; private init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; private init; }

    /// <summary>The error code, if the credentials contradict themselves or cannot be read.</summary>
    public string? Error { get; private init; }

    public static ClientCredentials Parse(string? authorization, TokenForm form)
    {
        var (postedId, postedSecret) = (form["client_id"], form["client_secret"]);

        if (string.IsNullOrEmpty(authorization))
            return new ClientCredentials { ClientId = postedId, ClientSecret = postedSecret };
        if (ReadBasic(authorization) is not var (id, secret))
            return new ClientCredentials { ClientId = postedId, Error = OAuthError.InvalidClient };

        return new ClientCredentials
        {
            ClientId = id,
            ClientSecret = secret,
            // One method of authentication per request (RFC 6749, section 2.3); the id alone may be repeated.
            Error = postedSecret is not null ? OAuthError.InvalidRequest
                : postedId is not null && postedId != id ? OAuthError.InvalidClient
                : null,
        };
    }

    private static (string Id, string Secret)? ReadBasic(string authorization)
    {
        if (!authorization.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase))
            return null;

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[BasicScheme.Length..].Trim(), bytes, out var length))
            return null;

        // RFC 6749 wants both parts form-encoded, many clients send them as they are. Neither may contain a percent sign or a
        // space, so undoing percent-encoding alone reads both: an encoded plus comes as %2B, and a bare one is meant.
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : null;
    }
}
