using System.Text.Json;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Claims;

/// <summary>Reads the claims of an access token, and checks everything about them that does not depend on the time: types, token use, app client.</summary>
internal static class AccessTokenReader
{
    /// <summary>The claim that names the app client.</summary>
    public const string ClientClaim = "client_id";

    /// <summary>Reads the claims of a payload whose signature was verified.</summary>
    /// <returns>Why the claims are not accepted; null if they are.</returns>
    public static TokenRejection? Read(JsonElement payload, TrustedIssuer issuer, out CognitoAccessTokenClaims? claims)
    {
        claims = null;
        var rejection = ClaimReader.ReadTime(payload, "exp", out var expiresAt);
        DateTimeOffset? notBefore = null, issuedAt = null;
        rejection ??= ClaimReader.ReadOptionalTime(payload, "nbf", out notBefore);
        rejection ??= ClaimReader.ReadOptionalTime(payload, "iat", out issuedAt);
        string? subject = null, tokenId = null, scope = null, username = null;
        rejection ??= ClaimReader.ReadOptionalText(payload, "sub", out subject);
        rejection ??= ClaimReader.ReadOptionalText(payload, "jti", out tokenId);
        rejection ??= ClaimReader.ReadOptionalText(payload, "scope", out scope);
        // Only the type is checked. An access token has an aud only if it is bound to a resource; client_id says whom the token was issued to.
        rejection ??= ClaimReader.CheckTextOrTexts(payload, "aud");
        string tokenUse = "", clientId = "";
        rejection ??= ClaimReader.ReadText(payload, "token_use", out tokenUse);
        // Checked before client_id: an ID token has no client_id, and "not an access token" is the better explanation.
        if (rejection is null && tokenUse != "access")
            rejection = new TokenRejection(TokenRejectionReason.NotAnAccessToken, "token_use 'access'", SafeText.Quote(tokenUse));
        rejection ??= ClaimReader.ReadOptionalText(payload, "username", out username);
        string[] groups = [];
        rejection ??= ClaimReader.ReadTexts(payload, "cognito:groups", out groups);
        rejection ??= ClaimReader.ReadText(payload, ClientClaim, out clientId);
        rejection ??= ClaimReader.CheckClient(issuer.ClientIds, ClientClaim, clientId);
        if (rejection is not null)
            return rejection;

        var common = new CommonClaims
        {
            Issuer = issuer,
            ClientId = clientId,
            Subject = subject,
            Username = username,
            Groups = groups,
            ExpiresAt = expiresAt,
            NotBefore = notBefore,
            IssuedAt = issuedAt,
            TokenId = tokenId,
            Payload = payload,
        };
        claims = new CognitoAccessTokenClaims(common, scope);
        return null;
    }
}
