using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.Page;

/// <summary>Judges a token as an API does that takes access tokens of the emulator's user pools.</summary>
internal sealed class TokenJudgement(UserPoolDirectory userPools)
{
    private const string SignatureCheck = "Signature";

    /// <param name="text">The token. Never logged and never part of the result.</param>
    public JsonObject Judge(string text)
    {
        if (TokenParts.TryParse(text, out var token) is { } mistake)
            return Describe([TokenFinding.Fail("Form", mistake)], token: null);

        var keyId = TokenParts.FindText(token.Header, "kid");
        var owner = FindKey(keyId);
        // If the key is unknown, the issuer says from which pool the token claims to be.
        var pool = owner?.Pool ?? userPools.All.FirstOrDefault(pool => pool.Issuer == TokenParts.FindText(token.Claims, "iss"));
        return Describe(
            [
                CheckSignature(token, keyId, owner),
                CheckIssuer(TokenParts.FindText(token.Claims, "iss"), pool),
                .. TokenLifeChecks.Check(token, userPools.TimeProvider.GetUtcNow()),
                CheckUse(TokenParts.FindText(token.Claims, "token_use")),
                CheckClient(TokenParts.FindText(token.Claims, "client_id"), pool),
                CheckScopes(TokenParts.FindText(token.Claims, "scope"), pool),
            ],
            token);
    }

    // No key is generated here: a key that was never used has signed nothing.
    private (EmulatedUserPool Pool, SigningKey Key, string Name)? FindKey(string? keyId)
    {
        foreach (var pool in userPools.All)
        {
            var (access, id, old) = pool.SigningKeys.Export();
            if (access?.KeyId == keyId && access is not null)
                return (pool, access, "the key of access tokens");
            if (id?.KeyId == keyId && id is not null)
                return (pool, id, "the key of ID tokens");
            if (old.FirstOrDefault(key => key.KeyId == keyId) is { } former)
                return (pool, former, "a former key, which is still published");
        }

        return null;
    }

    private static TokenFinding CheckSignature(TokenParts token, string? keyId, (EmulatedUserPool Pool, SigningKey Key, string Name)? owner)
    {
        if (TokenParts.FindText(token.Header, "alg") is var algorithm && algorithm != "RS256")
            return TokenFinding.Fail(SignatureCheck, $"The algorithm is {algorithm ?? "missing"}. Cognito signs with RS256 only.");
        if (owner is not var (pool, key, name))
        {
            return TokenFinding.Fail(SignatureCheck, keyId is null
                ? "The header names no key (kid)."
                : "No user pool publishes the key that the header names (kid). The key was withdrawn, or the token is not of this emulator.");
        }

        return token.Signature is { } signature && key.HasSigned(token.Signed, signature)
            ? TokenFinding.Pass(SignatureCheck, $"Signed by user pool {pool} with {name}.")
            : TokenFinding.Fail(SignatureCheck, $"The token names a key of user pool {pool}, but the signature does not match. The token was changed.");
    }

    private static TokenFinding CheckIssuer(string? issuer, EmulatedUserPool? pool) =>
        pool is null ? TokenFinding.Fail("Issuer", issuer is null ? "The claim iss is missing." : $"No user pool of the emulator is {issuer}.")
        : issuer == pool.Issuer ? TokenFinding.Pass("Issuer", $"{issuer} is user pool {pool}.")
        : TokenFinding.Fail("Issuer", $"The issuer is {issuer ?? "missing"}, and user pool {pool} is {pool.Issuer}.");

    private static TokenFinding CheckUse(string? use) => use switch
    {
        "access" => TokenFinding.Pass("Use", "It is an access token."),
        "id" => TokenFinding.Fail("Use", "It is an ID token. APIs take access tokens."),
        _ => TokenFinding.Fail("Use", $"The claim token_use is {use ?? "missing"}. The value must be access."),
    };

    private static TokenFinding CheckClient(string? clientId, EmulatedUserPool? pool) =>
        clientId is null ? TokenFinding.Fail("App client", "The claim client_id is missing.")
        : pool?.AppClients.FirstOrDefault(client => client.ClientId == clientId) is { } client
            ? TokenFinding.Pass("App client", $"{client.ClientName} ({clientId}).")
            : TokenFinding.Note("App client", $"The user pool has no app client {clientId} now. A token stays valid when its app client is deleted.");

    private static TokenFinding CheckScopes(string? scope, EmulatedUserPool? pool)
    {
        if (scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 } scopes)
            return TokenFinding.Note("Scopes", "The token has no scope. An API that requires one answers 403.");

        var unknown = scopes.Where(name => name.Contains('/', StringComparison.Ordinal) && pool?.HasScope(name) != true).ToList();
        return unknown.Count == 0
            ? TokenFinding.Pass("Scopes", $"{string.Join(", ", scopes)}.")
            : TokenFinding.Note("Scopes", $"{string.Join(", ", scopes)}. No resource server has {string.Join(", ", unknown)} now.");
    }

    private static JsonObject Describe(IReadOnlyList<TokenFinding> findings, TokenParts? token) => new()
    {
        ["valid"] = findings.All(finding => finding.Outcome != TokenOutcome.Fail),
        ["findings"] = new JsonArray([.. findings.Select(finding => finding.ToJson())]),
        ["header"] = token is null ? null : JsonObject.Create(token.Header),
        ["claims"] = token is null ? null : JsonObject.Create(token.Claims),
    };
}
