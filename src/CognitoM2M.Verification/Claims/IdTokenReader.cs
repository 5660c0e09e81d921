using System.Text.Json;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Claims;

/// <summary>
/// Reads the claims of an ID token, and checks everything about them that does not depend on the time (OpenID Connect Core, sections 2 and 3.1.3.7): types,
/// token use, app client.
/// </summary>
internal static class IdTokenReader
{
    /// <summary>The claim that names the app client. OpenID Connect permits a list of audiences; Cognito writes one.</summary>
    public const string ClientClaim = "aud";

    /// <summary>Reads the claims of a payload whose signature was verified.</summary>
    /// <returns>Why the claims are not accepted; null if they are.</returns>
    public static TokenRejection? Read(JsonElement payload, TrustedIssuer issuer, out CognitoIdTokenClaims? claims)
    {
        claims = null;
        var rejection = ClaimReader.ReadTime(payload, "exp", out var expiresAt);
        DateTimeOffset? notBefore = null;
        DateTimeOffset issuedAt = default;
        rejection ??= ClaimReader.ReadOptionalTime(payload, "nbf", out notBefore);
        rejection ??= ClaimReader.ReadTime(payload, "iat", out issuedAt);
        string subject = "", tokenUse = "";
        string? tokenId = null;
        rejection ??= ClaimReader.ReadText(payload, "sub", out subject);
        rejection ??= ClaimReader.ReadOptionalText(payload, "jti", out tokenId);
        rejection ??= ClaimReader.ReadText(payload, "token_use", out tokenUse);
        // Checked before aud: an access token normally has no aud, and "not an ID token" is the better explanation.
        if (rejection is null && tokenUse != "id")
            rejection = new TokenRejection(TokenRejectionReason.NotAnIdToken, "token_use 'id'", SafeText.Quote(tokenUse));
        string? username = null;
        rejection ??= ClaimReader.ReadOptionalText(payload, "cognito:username", out username);
        string[] groups = [];
        rejection ??= ClaimReader.ReadTexts(payload, "cognito:groups", out groups);
        var clientId = "";
        rejection ??= ReadClient(payload, out clientId);
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
        return ReadAboutUser(payload, common, out claims);
    }

    private static TokenRejection? ReadClient(JsonElement payload, out string clientId)
    {
        var rejection = ClaimReader.ReadText(payload, ClientClaim, out clientId);
        string? other = null;
        // Cognito writes client_id into access tokens only. A token that names two app clients must not be taken for the token of either.
        rejection ??= ClaimReader.ReadOptionalText(payload, AccessTokenReader.ClientClaim, out other);
        return rejection ?? (other is null || other == clientId
            ? null
            : new TokenRejection(TokenRejectionReason.ClaimNotValid, "a client_id that equals aud, or none", SafeText.Quote(other)));
    }

    private static TokenRejection? ReadAboutUser(JsonElement payload, in CommonClaims common, out CognitoIdTokenClaims? claims)
    {
        claims = null;
        var rejection = ClaimReader.ReadOptionalTime(payload, "auth_time", out var authenticatedAt);
        string? nonce = null, accessTokenHash = null, name = null, email = null, phoneNumber = null;
        rejection ??= ClaimReader.ReadOptionalText(payload, "nonce", out nonce);
        rejection ??= ClaimReader.ReadOptionalText(payload, "at_hash", out accessTokenHash);
        rejection ??= ClaimReader.ReadOptionalText(payload, "name", out name);
        rejection ??= ClaimReader.ReadOptionalText(payload, "email", out email);
        rejection ??= ClaimReader.ReadOptionalText(payload, "phone_number", out phoneNumber);
        bool isEmailVerified = false, isPhoneNumberVerified = false;
        rejection ??= ClaimReader.ReadBoolean(payload, "email_verified", out isEmailVerified);
        rejection ??= ClaimReader.ReadBoolean(payload, "phone_number_verified", out isPhoneNumberVerified);
        if (rejection is not null)
            return rejection;

        claims = new CognitoIdTokenClaims(common)
        {
            AuthenticatedAt = authenticatedAt,
            Nonce = nonce,
            AccessTokenHash = accessTokenHash,
            Name = name,
            Email = email,
            IsEmailVerified = isEmailVerified,
            PhoneNumber = phoneNumber,
            IsPhoneNumberVerified = isPhoneNumberVerified,
        };
        return null;
    }
}
