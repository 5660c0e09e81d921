using System.Diagnostics;
using System.Text;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>The client id and the secret of a token request, sent as <c>client_secret_basic</c> or <c>client_secret_post</c>.</summary>
internal sealed class ClientCredentials
{
    private const string BasicScheme = "Basic ";

    public string? ClientId { get; private init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; private init; }

    /// <summary>The OAuth error code if the credentials are contradictory or cannot be read; null otherwise.</summary>
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
            // A request may use only one method of authentication (RFC 6749, section 2.3). The client id may be in the header and in the body.
            Error = postedSecret is not null ? OAuthError.InvalidRequest
                : postedId is not null && postedId != id ? OAuthError.InvalidClient
                : null,
        };
    }

    /// <summary>Whether the client may act for users: it has sent its secret, or is a public client and has sent none.</summary>
    public bool Authenticate(AppClientSettings settings) =>
        settings.Secrets.IsEmpty ? ClientSecret is null : settings.HasSecret(ClientSecret);

    private static (string Id, string Secret)? ReadBasic(string authorization)
    {
        if (!authorization.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase))
            return null;

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[BasicScheme.Length..].Trim(), bytes, out var length))
            return null;

        // RFC 6749 requires that both parts are form-encoded, but many clients do not encode them. Cognito's ids and secrets hold neither a
        // percent sign nor a space. So percent-decoding reads both forms right: an encoded plus sign is %2B, a bare one is a plus sign.
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : null;
    }
}
