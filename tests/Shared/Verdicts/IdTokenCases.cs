using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Verification;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>What only ID tokens have: other tokens in their place, audiences, the sign-in that they belong to, and what they say about the user.</summary>
internal static class IdTokenCases
{
    private const string Nonce = "n-0S6_WzA2Mj";

    private static RawObject Payload => TokenTemplate.IdToken.Payload;

    private static byte[] AccessTokenHash => SHA256.HashData(Encoding.ASCII.GetBytes(TokenTemplate.User.Valid));

    public static IEnumerable<VerdictCase> All() => [.. OtherTokens(), .. Audiences(), .. Nonces(), .. AccessTokens(), .. AboutUser()];

    private static IEnumerable<VerdictCase> OtherTokens()
    {
        foreach (var (name, token) in new[] { ("a machine", TokenTemplate.Machine.Payload), ("a user", TokenTemplate.User.Payload) })
        {
            yield return new($"other token: an access token of {name}", TestToken.Create(token), NotAnIdToken);
            yield return new($"other token: an access token of {name} with aud", TestToken.Create(token.WithText("aud", TestToken.ClientId)), NotAnIdToken);
            yield return new($"other token: an access token of {name} with a list of aud", TestToken.Create(token.With("aud", $"[\"{TestToken.ClientId}\"]")), NotAnIdToken);
            yield return new($"other token: an access token of {name}, token_use missing", TestToken.Create(token.Without("token_use")), ClaimNotValid);
            yield return new($"other token: an access token of {name} with aud, token_use missing", TestToken.Create(token.Without("token_use").WithText("aud", TestToken.ClientId)), ClaimNotValid);
        }

        yield return new("other token: an ID token and an access token in one", TestToken.Create(Payload
            .WithText("client_id", TestToken.ClientId).WithText("scope", "orders/read").WithText("username", "jane").WithText("token_use", "access")), NotAnIdToken);
    }

    private static IEnumerable<VerdictCase> Audiences()
    {
        yield return new VerdictCase("aud list: the right one alone", TestToken.Create(Payload.With("aud", $"[\"{TestToken.ClientId}\"]")), ClaimNotValid);
        yield return new("aud list: the right one and another", TestToken.Create(Payload.With("aud", $"[\"{TestToken.ClientId}\",\"other\"]")), ClaimNotValid);
        yield return new("claim: aud is missing, and client_id is right", TestToken.Create(Payload.Without("aud").WithText("client_id", TestToken.ClientId)), ClaimNotValid);
        yield return new("claim: client_id equals aud", TestToken.Create(Payload.WithText("client_id", TestToken.ClientId)), null);
        yield return new("claim: client_id is another than aud", TestToken.Create(Payload.WithText("client_id", TestToken.OtherClientId)), ClaimNotValid);
        yield return new("claim: client_id is another than aud, any client", TestToken.Create(Payload.WithText("client_id", TestToken.OtherClientId)), ClaimNotValid) { ClientIds = null };
        yield return new("aud: another, with the right one as client_id", TestToken.Create(Payload.WithText("aud", TestToken.OtherClientId).WithText("client_id", TestToken.ClientId)), ClaimNotValid);
        yield return new("aud: another, with the right one as azp", TestToken.Create(Payload.WithText("aud", TestToken.OtherClientId).WithText("azp", TestToken.ClientId)), ClientNotAllowed);
        yield return new("azp: another, with the right one as aud", TestToken.Create(Payload.WithText("azp", TestToken.OtherClientId)), null);
    }

    private static IEnumerable<VerdictCase> Nonces()
    {
        var binding = new IdTokenBinding { Nonce = Nonce };
        yield return new("nonce: the right one", TestToken.Create(Payload), null) { Binding = binding };
        yield return new("nonce: not asked for", TestToken.Create(Payload.WithText("nonce", "other")), null);
        yield return new("nonce: missing", TestToken.Create(Payload.Without("nonce")), NonceNotValid) { Binding = binding };
        foreach (var (name, nonce) in new[] { ("empty", ""), ("another", "other"), ("a prefix", Nonce[..^1]), ("and more", Nonce + "x"), ("in another case", Nonce.ToUpperInvariant()), ("with a space", Nonce + " ") })
            yield return new($"nonce: {name}", TestToken.Create(Payload.WithText("nonce", nonce)), NonceNotValid) { Binding = binding };
        yield return new("nonce: the right one, of another client", TestToken.Create(Payload.WithText("aud", TestToken.OtherClientId)), ClientNotAllowed) { Binding = binding };
        yield return new("nonce: the right one, expired", TestToken.Create(Payload.WithNumber("exp", TestToken.Now)), Expired) { Binding = binding };
    }

    private static IEnumerable<VerdictCase> AccessTokens()
    {
        var binding = new IdTokenBinding { AccessToken = TokenTemplate.User.Valid };
        var both = new IdTokenBinding { AccessToken = TokenTemplate.User.Valid, Nonce = Nonce };
        var hash = Base64Url.EncodeToString(AccessTokenHash.AsSpan(..16));
        yield return new("at_hash: the right one", TestToken.Create(Payload.WithText("at_hash", hash)), null) { Binding = binding };
        yield return new("at_hash: the right one, and the right nonce", TestToken.Create(Payload.WithText("at_hash", hash)), null) { Binding = both };
        yield return new("at_hash: the right one, and another nonce", TestToken.Create(Payload.WithText("at_hash", hash).WithText("nonce", "x")), NonceNotValid) { Binding = both };
        yield return new("at_hash: another, and the right nonce", TestToken.Create(Payload.WithText("at_hash", hash[..^1])), AccessTokenHashNotValid) { Binding = both };
        yield return new("at_hash: missing", TestToken.Create(Payload.Without("at_hash")), AccessTokenHashNotValid) { Binding = binding };
        foreach (var (name, value) in new[]
        {
            ("empty", ""),
            ("of another access token", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(TokenTemplate.Machine.Valid)).AsSpan(..16))),
            ("the right half of the hash", Base64Url.EncodeToString(AccessTokenHash.AsSpan(16))),
            ("the whole hash", Base64Url.EncodeToString(AccessTokenHash)),
            ("with padding", hash + "=="),
            ("in base64", Convert.ToBase64String(AccessTokenHash, 0, 16)),
            ("in hexadecimal", Convert.ToHexStringLower(AccessTokenHash, 0, 16)),
            ("of SHA-384", Base64Url.EncodeToString(SHA384.HashData(Encoding.ASCII.GetBytes(TokenTemplate.User.Valid)).AsSpan(..24))),
            ("of SHA-512", Base64Url.EncodeToString(SHA512.HashData(Encoding.ASCII.GetBytes(TokenTemplate.User.Valid)).AsSpan(..32))),
            ("of the token with its scheme", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"Bearer {TokenTemplate.User.Valid}")).AsSpan(..16))),
            ("the access token itself", TokenTemplate.User.Valid),
        })
        {
            yield return new($"at_hash: {name}", TestToken.Create(Payload.WithText("at_hash", value)), AccessTokenHashNotValid) { Binding = binding };
        }
    }

    private static IEnumerable<VerdictCase> AboutUser()
    {
        foreach (var claim in (string[])["email_verified", "phone_number_verified"])
        {
            foreach (var value in (string[])["true", "false", "\"true\"", "\"false\""])
                yield return new($"user: {claim} is {value}", TestToken.Create(Payload.With(claim, value)), null);
            foreach (var value in (string[])["null", "1", "0", "\"True\"", "\"1\"", "\"\"", "[true]", "{}"])
                yield return new($"user: {claim} is {value}", TestToken.Create(Payload.With(claim, value)), ClaimNotValid);
        }

        yield return new("user: of another identity provider", TestToken.Create(Payload.With(
            "identities", "[{\"userId\":\"1\",\"providerName\":\"Example\",\"providerType\":\"OIDC\",\"issuer\":null,\"primary\":\"true\",\"dateCreated\":\"1767225600000\"}]")), null);
        yield return new("user: a scope, which only access tokens have", TestToken.Create(Payload.WithText("scope", "orders/read")), null);
    }
}
