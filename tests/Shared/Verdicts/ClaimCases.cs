using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Claims that are missing or of the wrong type, and issuers.</summary>
internal sealed class ClaimCases(TokenTemplate of)
{
    public IEnumerable<VerdictCase> All() => [.. MissingClaims(), .. WrongTypes(), .. Issuers()];

    private IEnumerable<VerdictCase> MissingClaims()
    {
        foreach (var claim in (string[])["iss", "token_use", of.ClientClaim])
            yield return new($"claim: {claim} is missing", TestToken.Create(of.Payload.Without(claim)), ClaimNotValid);
        foreach (var claim in of.IsIdToken ? (string[])["sub", "iat"] : [])
            yield return new($"claim: {claim} is missing", TestToken.Create(of.Payload.Without(claim)), ClaimNotValid);
        yield return new VerdictCase("claim: exp is missing", TestToken.Create(of.Payload.Without("exp")), ClaimNotValid)
            .Stricter("a token without exp never expires; Cognito's always have one", awsJwtVerify: true, jose: true);
        string[] optional = of.IsIdToken
            ? ["jti", "auth_time", "cognito:username", "cognito:groups", "nonce", "at_hash", "email", "email_verified", "origin_jti"]
            : ["sub", "scope", "iat", "jti", "auth_time", "version", "username", "cognito:groups"];
        foreach (var claim in optional.Where(of.Payload.Has))
            yield return new($"claim: {claim} is missing, which is allowed", TestToken.Create(of.Payload.Without(claim)), null);
        if (of.IsIdToken)
            yield break;
        yield return new("claim: an aud", TestToken.Create(of.Payload.WithText("aud", "somebody")), null);
        yield return new("claim: a list of aud", TestToken.Create(of.Payload.With("aud", "[\"a\",\"b\"]")), null);
        yield return new("claim: an empty list of aud", TestToken.Create(of.Payload.With("aud", "[]")), null);
    }

    private IEnumerable<VerdictCase> WrongTypes()
    {
        const string Unread = "ignores this claim";
        string[] claims = of.IsIdToken
            ? ["iss", "sub", "token_use", "aud", "jti", "exp", "nbf", "iat", "auth_time", "client_id", "cognito:username", "nonce", "at_hash", "name", "email", "phone_number"]
            : ["iss", "sub", "token_use", "client_id", "jti", "scope", "exp", "nbf", "iat", "aud", "username"];
        foreach (var claim in claims)
        {
            var isTime = claim is "exp" or "nbf" or "iat" or "auth_time";
            foreach (var value in (string[])["null", isTime ? $"\"{TestToken.Now + 1800}\"" : "1", "true", "[]", "[1]", "{}", "\"\""])
            {
                if (value == "\"\"" ? !isTime : claim == "aud" && value == "[]" && !of.IsIdToken)
                    continue;

                var shown = claim == "aud" && of.IsIdToken ? "aud of an ID token" : claim;
                yield return new VerdictCase($"claim: {shown} is {value}", TestToken.Create(of.Payload.With(claim, value)), ClaimNotValid)
                    .Stricter(Unread, awsJwtVerify: claim is "username", jose: claim is "sub" or "jti" or "scope" or "aud" or "username");
            }
        }

        foreach (var value in (string[])["null", "1", "true", "{}", "\"admins\"", "\"[\\\"admins\\\"]\"", "[1]", "[\"admins\",null]", "[[\"admins\"]]", "[{\"admins\":1}]"])
        {
            yield return new VerdictCase($"claim: cognito:groups is {value}", TestToken.Create(of.Payload.With("cognito:groups", value)), ClaimNotValid)
                .Stricter(Unread, awsJwtVerify: true, jose: true);
        }

        foreach (var value in (string[])["[]", "[\"\"]", "[\"a b\"]", "[\"admins\",\"admins\"]"])
            yield return new($"claim: cognito:groups is {value}, which is allowed", TestToken.Create(of.Payload.With("cognito:groups", value)), null);

        foreach (var claim in (string[])["iss", of.ClientClaim])
        {
            var value = claim == "iss" ? TestToken.Issuer : TestToken.ClientId;
            yield return new($"claim: {claim} is a list that holds the right one", TestToken.Create(of.Payload.With(claim, $"[\"{value}\"]")), ClaimNotValid);
        }
    }

    private IEnumerable<VerdictCase> Issuers()
    {
        yield return new("issuer: in the updated form", TestToken.Create(of.Payload.WithText("iss", TestToken.UpdatedIssuer)), null);
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
            yield return new($"issuer: {name}", TestToken.Create(of.Payload.WithText("iss", issuer)), IssuerNotTrusted);
        }

        var both = TestKey.CreateKeySet(TestKey.OtherPool);
        var ofOther = of.Payload.WithText("iss", TestToken.OtherIssuer).WithText(of.ClientClaim, TestToken.OtherClientId);
        yield return new("issuer: two pools, a token of the first", of.Valid, null) { OtherKeySet = both };
        yield return new("issuer: two pools, a token of the second", TestToken.Create(ofOther, TestKey.OtherPool), null) { OtherKeySet = both };
        yield return new VerdictCase("issuer: two pools, the second's key for the first's issuer", TestToken.Create(of.Payload, TestKey.OtherPool), KeyNotFound) { OtherKeySet = both };
        yield return new VerdictCase("issuer: two pools, the first's key for the second's issuer", TestToken.Create(ofOther), KeyNotFound) { OtherKeySet = both };
        yield return new VerdictCase("issuer: two pools with one kid, the second's key for the first's issuer", TestToken.Create(TestToken.Header, of.Payload, TestKey.OtherPool), SignatureNotValid)
        {
            OtherKeySet = TestKey.CreateKeySet(TestKey.OtherPool.Jwk.WithText("kid", TestKey.Access.Id)),
        };
        yield return new($"{of.ClientClaim}: two pools, the second's client in the first", TestToken.Create(of.Payload.WithText(of.ClientClaim, TestToken.OtherClientId)), ClientNotAllowed) { OtherKeySet = both };
        yield return new($"{of.ClientClaim}: two pools, the first's client in the second", TestToken.Create(ofOther.WithText(of.ClientClaim, TestToken.ClientId), TestKey.OtherPool), ClientNotAllowed) { OtherKeySet = both };
    }
}
