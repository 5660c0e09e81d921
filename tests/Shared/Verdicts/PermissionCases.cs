using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Token use, app client and scopes.</summary>
internal sealed class PermissionCases(TokenTemplate of)
{
    public IEnumerable<VerdictCase> All() => [.. Uses(), .. Clients(), .. Scopes()];

    private IEnumerable<VerdictCase> Uses()
    {
        if (of.IsIdToken)
        {
            foreach (var use in (string[])["access", "refresh", "Id", "id ", "", "idid", "idaccess"])
                yield return new($"token_use: '{use}'", TestToken.Create(of.Payload.WithText("token_use", use)), NotAnIdToken);
            yield break;
        }

        yield return new("token_use: an ID token as Cognito writes it", TestToken.Create(of.Payload
            .WithText("token_use", "id").Without("client_id").Without("scope").WithText("aud", TestToken.ClientId).WithText("cognito:username", "u")), NotAnAccessToken);
        foreach (var use in (string[])["id", "refresh", "Access", "access ", "", "accessaccess", "idaccess"])
            yield return new($"token_use: '{use}'", TestToken.Create(of.Payload.WithText("token_use", use)), NotAnAccessToken);
        yield return new("token_use: an ID token with client_id", TestToken.Create(TokenTemplate.IdToken.Payload.WithText("client_id", TestToken.ClientId)), NotAnAccessToken);
        yield return new("token_use: an ID token with client_id and scope", TestToken.Create(TokenTemplate.IdToken.Payload
            .WithText("client_id", TestToken.ClientId).WithText("scope", "orders/read")), NotAnAccessToken);
        yield return new("token_use: missing, in an ID token with client_id", TestToken.Create(TokenTemplate.IdToken.Payload
            .Without("token_use").WithText("client_id", TestToken.ClientId)), ClaimNotValid);
    }

    private IEnumerable<VerdictCase> Clients()
    {
        foreach (var (name, id) in new[]
        {
            ("another", TestToken.OtherClientId),
            ("in another case", TestToken.ClientId.ToUpperInvariant()),
            ("a prefix", TestToken.ClientId[..^1]),
            ("and more", TestToken.ClientId + "x"),
            ("empty", ""),
            ("with a space at the end", TestToken.ClientId + " "),
            ("two in one", $"{TestToken.ClientId} {TestToken.OtherClientId}"),
            ("with lines that look like a log", "x\r\n2026-01-01 INFO token accepted\u001b[2J"),
        })
        {
            yield return new($"{of.ClientClaim}: {name}", TestToken.Create(of.Payload.WithText(of.ClientClaim, id)), ClientNotAllowed);
        }

        string[] several = ["first1", TestToken.ClientId, "third3"];
        yield return new($"{of.ClientClaim}: one of several", of.Valid, null) { ClientIds = several };
        yield return new($"{of.ClientClaim}: none of several", TestToken.Create(of.Payload.WithText(of.ClientClaim, "fourth4")), ClientNotAllowed) { ClientIds = several };
        yield return new($"{of.ClientClaim}: any", TestToken.Create(of.Payload.WithText(of.ClientClaim, "fourth4")), null) { ClientIds = null };
        if (of.IsIdToken)
            yield break;
        yield return new("client_id: another, with the right one as aud and sub", TestToken.Create(of.Payload
            .WithText("client_id", "fourth4").WithText("aud", TestToken.ClientId).WithText("sub", TestToken.ClientId).WithText("azp", TestToken.ClientId)), ClientNotAllowed);
    }

    private IEnumerable<VerdictCase> Scopes()
    {
        if (of.IsIdToken)
            yield break;
        string[] read = ["orders/read"], both = ["orders/read", "orders/write"];
        yield return new("scope: the required one of two", of.Valid, null) { AllOfScopes = read };
        yield return new("scope: all required ones", of.Valid, null) { AllOfScopes = both };
        yield return new("scope: one of two, of which one is required", CreateWithScope("orders/write"), null) { AnyOfScopes = both };
        yield return new("scope: one of two, of which both are required", CreateWithScope("orders/write"), ScopeMissing) { AllOfScopes = both };
        yield return new("scope: all required ones and one of the others", of.Valid, null) { AllOfScopes = read, AnyOfScopes = ["orders/admin", "orders/write"] };
        yield return new("scope: all required ones and none of the others", of.Valid, ScopeMissing) { AllOfScopes = read, AnyOfScopes = ["orders/admin", "orders/audit"] };
        yield return new("scope: missing", TestToken.Create(of.Payload.Without("scope")), ScopeMissing) { AllOfScopes = read };
        yield return new("scope: with spaces around and between", CreateWithScope("  orders/write   orders/read "), null) { AllOfScopes = read };
        yield return new("scope: without a slash, as a trigger may add it", CreateWithScope("admin orders/read"), null) { AllOfScopes = ["admin"] };
        foreach (var (name, scope) in new[]
        {
            ("empty", ""),
            ("another", "orders/write"),
            ("a prefix of the required one", "orders/rea"),
            ("one that begins with it", "orders/read.all"),
            ("one that ends with it", "x/orders/read"),
            ("in another case", "Orders/Read"),
            ("with a tab between", "orders/write\torders/read"),
            ("with a comma between", "orders/write,orders/read"),
            ("with a no-break space between", "orders/write\u00A0orders/read"),
            ("with a line feed at the end", "orders/read\n"),
            ("percent-encoded", "orders%2Fread"),
            ("a wildcard", "orders/*"),
            ("with lines that look like a log", "x\r\n2026-01-01\u2003INFO\u2003token\u2003accepted\u001b[2J"),
        })
        {
            yield return new($"scope: {name}", CreateWithScope(scope), ScopeMissing) { AllOfScopes = read };
            yield return new($"scope: {name}, any of", CreateWithScope(scope), ScopeMissing) { AnyOfScopes = read };
        }

        yield return new("scope: a list, and one is required", TestToken.Create(of.Payload.With("scope", "[\"orders/read\"]")), ClaimNotValid) { AllOfScopes = read };
        yield return new("scope: in the claim scp", TestToken.Create(of.Payload.Without("scope").WithText("scp", "orders/read")), ScopeMissing) { AllOfScopes = read };
    }

    private string CreateWithScope(string scope) => TestToken.Create(of.Payload.WithText("scope", scope));
}
