using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Claims that are missing or of the wrong type, and issuers.</summary>
internal static class ClaimCases
{
    public static IEnumerable<VerdictCase> All() => [.. MissingClaims(), .. WrongTypes(), .. Issuers()];

    private static IEnumerable<VerdictCase> MissingClaims()
    {
        foreach (var claim in (string[])["iss", "token_use", "client_id"])
            yield return new($"claim: {claim} is missing", TestToken.Create(TestToken.Payload.Without(claim)), ClaimNotValid);
        yield return new VerdictCase("claim: exp is missing", TestToken.Create(TestToken.Payload.Without("exp")), ClaimNotValid)
            .Stricter("a token without exp never expires; Cognito's always have one", awsJwtVerify: true, jose: true);
        foreach (var claim in (string[])["sub", "scope", "iat", "jti", "auth_time", "version"])
            yield return new($"claim: {claim} is missing, which is allowed", TestToken.Create(TestToken.Payload.Without(claim)), null);
        yield return new("claim: an aud", TestToken.Create(TestToken.Payload.WithText("aud", "somebody")), null);
        yield return new("claim: a list of aud", TestToken.Create(TestToken.Payload.With("aud", "[\"a\",\"b\"]")), null);
        yield return new("claim: an empty list of aud", TestToken.Create(TestToken.Payload.With("aud", "[]")), null);
    }

    private static IEnumerable<VerdictCase> WrongTypes()
    {
        const string Unread = "ignores this claim";
        foreach (var claim in (string[])["iss", "sub", "token_use", "client_id", "jti", "scope", "exp", "nbf", "iat", "aud"])
        {
            var isTime = claim is "exp" or "nbf" or "iat";
            foreach (var value in (string[])["null", isTime ? $"\"{TestToken.Now + 1800}\"" : "1", "true", "[]", "[1]", "{}", "\"\""])
            {
                if (value == "\"\"" ? !isTime : claim == "aud" && value == "[]")
                    continue;

                yield return new VerdictCase($"claim: {claim} is {value}", TestToken.Create(TestToken.Payload.With(claim, value)), ClaimNotValid)
                    .Stricter(Unread, jose: claim is "sub" or "jti" or "scope" or "aud");
            }
        }

        foreach (var claim in (string[])["iss", "client_id"])
        {
            var value = claim == "iss" ? TestToken.Issuer : TestToken.ClientId;
            yield return new($"claim: {claim} is a list that holds the right one", TestToken.Create(TestToken.Payload.With(claim, $"[\"{value}\"]")), ClaimNotValid);
        }
    }

    private static IEnumerable<VerdictCase> Issuers()
    {
        yield return new("issuer: in the updated form", TestToken.Create(TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer)), null);
        foreach (var (name, issuer) in new[]
        {
            ("another pool", TestToken.OtherIssuer),
            ("the pool in another region", TestToken.Issuer.Replace("eu-west-1.", "us-east-1.", StringComparison.Ordinal)),
            ("with a slash at the end", TestToken.Issuer + "/"),
            ("a prefix of the right one", TestToken.Issuer[..^1]),
            ("the right one and more", TestToken.Issuer + "4"),
            ("the right one as a path", $"https://evil.example/{TestToken.Issuer}"),
            ("the right one as a subdomain", TestToken.Issuer.Replace(".com/", ".com.evil.example/", StringComparison.Ordinal)),
            ("the right one as user information", TestToken.Issuer.Replace("https://", "https://x@", StringComparison.Ordinal)),
            ("over http", TestToken.Issuer.Replace("https", "http", StringComparison.Ordinal)),
            ("in upper case", TestToken.Issuer.ToUpperInvariant()),
            ("with a pool id in lower case", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdef123"),
            ("with a port", TestToken.Issuer.Replace(".com/", ".com:443/", StringComparison.Ordinal)),
            ("with a query", TestToken.Issuer + "?x"),
            ("with a fragment", TestToken.Issuer + "#x"),
            ("with a dot in place of the hyphen", TestToken.UpdatedIssuer.Replace("issuer-", "issuer.", StringComparison.Ordinal)),
            ("the FIPS endpoint", TestToken.Issuer.Replace("cognito-idp", "cognito-idp-fips", StringComparison.Ordinal)),
            ("the pool's domain", "https://acme.auth.eu-west-1.amazoncognito.com"),
            ("the pool id alone", TestToken.PoolId),
            ("empty", ""),
            ("with a space at the start", " " + TestToken.Issuer),
            ("with a NUL at the end", TestToken.Issuer + "\0"),
            ("with a letter of another script", TestToken.Issuer.Replace("cognito", "c\u043Egnito", StringComparison.Ordinal)),
            ("with lines that look like a log", "x\r\n2026-01-01 INFO token accepted\u001b[2J\u2028"),
            ("another identity provider", "https://accounts.google.com"),
        })
        {
            yield return new($"issuer: {name}", TestToken.Create(TestToken.Payload.WithText("iss", issuer)), IssuerNotTrusted);
        }

        var both = TestKey.CreateKeySet(TestKey.OtherPool);
        var ofOther = TestToken.Payload.WithText("iss", TestToken.OtherIssuer).WithText("client_id", TestToken.OtherClientId);
        yield return new("issuer: two pools, a token of the first", TestToken.Valid, null) { OtherKeySet = both };
        yield return new("issuer: two pools, a token of the second", TestToken.Create(ofOther, TestKey.OtherPool), null) { OtherKeySet = both };
        yield return new VerdictCase("issuer: two pools, the second's key for the first's issuer", TestToken.Create(TestToken.Payload, TestKey.OtherPool), KeyNotFound) { OtherKeySet = both };
        yield return new VerdictCase("issuer: two pools, the first's key for the second's issuer", TestToken.Create(ofOther), KeyNotFound) { OtherKeySet = both };
        yield return new VerdictCase("issuer: two pools with one kid, the second's key for the first's issuer", TestToken.Create(TestToken.Header, TestToken.Payload, TestKey.OtherPool), SignatureNotValid)
        {
            OtherKeySet = TestKey.CreateKeySet(TestKey.OtherPool.Jwk.WithText("kid", TestKey.Access.Id)),
        };
        yield return new("client_id: two pools, the second's client in the first", TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId)), ClientNotAllowed) { OtherKeySet = both };
        yield return new("client_id: two pools, the first's client in the second", TestToken.Create(ofOther.WithText("client_id", TestToken.ClientId), TestKey.OtherPool), ClientNotAllowed) { OtherKeySet = both };
    }
}
