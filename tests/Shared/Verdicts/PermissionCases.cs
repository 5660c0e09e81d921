using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Token use, app client and scopes.</summary>
internal static class PermissionCases
{
    public static IEnumerable<VerdictCase> All() => [.. Uses(), .. Clients(), .. Scopes()];

    private static IEnumerable<VerdictCase> Uses()
    {
        yield return new("token_use: an ID token as Cognito writes it", TestToken.Create(TestToken.Payload
            .WithText("token_use", "id").Without("client_id").Without("scope").WithText("aud", TestToken.ClientId).WithText("cognito:username", "u")), NotAnAccessToken);
        foreach (var use in (string[])["id", "refresh", "Access", "access ", "", "accessaccess"])
            yield return new($"token_use: '{use}'", TestToken.Create(TestToken.Payload.WithText("token_use", use)), NotAnAccessToken);
    }

    private static IEnumerable<VerdictCase> Clients()
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
            yield return new($"client_id: {name}", TestToken.Create(TestToken.Payload.WithText("client_id", id)), ClientNotAllowed);
        }

        string[] several = ["first1", TestToken.ClientId, "third3"];
        yield return new("client_id: one of several", TestToken.Valid, null) { ClientIds = several };
        yield return new("client_id: none of several", TestToken.Create(TestToken.Payload.WithText("client_id", "fourth4")), ClientNotAllowed) { ClientIds = several };
        yield return new("client_id: any", TestToken.Create(TestToken.Payload.WithText("client_id", "fourth4")), null) { ClientIds = null };
        yield return new("client_id: another, with the right one as aud and sub", TestToken.Create(TestToken.Payload
            .WithText("client_id", "fourth4").WithText("aud", TestToken.ClientId).WithText("sub", TestToken.ClientId).WithText("azp", TestToken.ClientId)), ClientNotAllowed);
    }

    private static IEnumerable<VerdictCase> Scopes()
    {
        string[] read = ["orders/read"], both = ["orders/read", "orders/write"];
        yield return new("scope: the required one of two", TestToken.Valid, null) { AllOfScopes = read };
        yield return new("scope: all required ones", TestToken.Valid, null) { AllOfScopes = both };
        yield return new("scope: one of two, of which one is required", CreateWithScope("orders/write"), null) { AnyOfScopes = both };
        yield return new("scope: one of two, of which both are required", CreateWithScope("orders/write"), ScopeMissing) { AllOfScopes = both };
        yield return new("scope: all required ones and one of the others", TestToken.Valid, null) { AllOfScopes = read, AnyOfScopes = ["orders/admin", "orders/write"] };
        yield return new("scope: all required ones and none of the others", TestToken.Valid, ScopeMissing) { AllOfScopes = read, AnyOfScopes = ["orders/admin", "orders/audit"] };
        yield return new("scope: missing", TestToken.Create(TestToken.Payload.Without("scope")), ScopeMissing) { AllOfScopes = read };
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

        yield return new("scope: a list, and one is required", TestToken.Create(TestToken.Payload.With("scope", "[\"orders/read\"]")), ClaimNotValid) { AllOfScopes = read };
        yield return new("scope: in the claim scp", TestToken.Create(TestToken.Payload.Without("scope").WithText("scp", "orders/read")), ScopeMissing) { AllOfScopes = read };
    }

    private static string CreateWithScope(string scope) => TestToken.Create(TestToken.Payload.WithText("scope", scope));
}
