namespace CognitoM2M.Verification.Tests;

/// <summary>Users test their own code with claims, results, rejections and statuses that they create.</summary>
public sealed class ConstructionTests
{
    [Fact]
    public void Claims_can_be_created_for_a_test_of_a_check()
    {
        Func<CognitoAccessTokenClaims, string?> onlyMachines = claims => claims.Subject == claims.ClientId ? null : "the token of a user";

        Assert.Null(onlyMachines(Create("reports", subject: "reports")));
        Assert.Equal("the token of a user", onlyMachines(Create("reports", subject: "alice")));
    }

    [Fact]
    public void Claims_that_are_not_set_are_null_or_empty()
    {
        var claims = Create("reports", subject: null);

        Assert.Null(claims.UserPoolId);
        Assert.Null(claims.NotBefore);
        Assert.Null(claims.IssuedAt);
        Assert.Null(claims.TokenId);
        Assert.Empty(claims.Scopes);
        Assert.False(claims.HasScope("orders/read"));
        Assert.False(claims.Payload.TryGetProperty("iss", out _));
    }

    [Fact]
    public void Scopes_that_are_set_are_found_and_are_a_copy()
    {
        List<string> scopes = ["orders/read"];

        var claims = new CognitoAccessTokenClaims { Issuer = "https://issuer.example", ClientId = "reports", ExpiresAt = DateTimeOffset.MaxValue, Scopes = scopes };
        scopes[0] = "orders/admin";

        Assert.True(claims.HasScope("orders/read"));
        Assert.False(claims.HasScope("orders/admin"));
        Assert.Equal(["orders/read"], claims.Scopes);
        Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenClaims { Issuer = "", ClientId = "", ExpiresAt = default, Scopes = null! });
    }

    [Fact]
    public void Results_can_be_created_for_a_test_of_an_authorizer()
    {
        Func<VerificationResult<CognitoAccessTokenClaims>, string> authorize = result => result.IsValid ? $"allow {result.Claims.ClientId}" : $"deny: {result.Rejection.Reason}";

        Assert.Equal("allow reports", authorize(new VerificationResult<CognitoAccessTokenClaims>(Create("reports", subject: null))));
        Assert.Equal("deny: Expired", authorize(new VerificationResult<CognitoAccessTokenClaims>(new TokenRejection(TokenRejectionReason.Expired, "a later exp", "an old one"))));
    }

    [Fact]
    public void Rejection_can_be_created_and_formats_its_message()
    {
        var rejection = new TokenRejection(TokenRejectionReason.ScopeMissing, "orders/read", "none");

        Assert.Equal("The token was rejected (ScopeMissing): expected orders/read; found none.", rejection.Message);
        Assert.Equal(rejection.Message, rejection.ToString());
        Assert.Equal(rejection.Message, new VerificationResult<CognitoAccessTokenClaims>(rejection).ToString());
    }

    [Fact]
    public void Status_of_a_key_set_can_be_created_for_a_test_of_a_health_check()
    {
        var status = new CognitoKeySetStatus { Issuer = "https://issuer.example", UsableKeys = 2, Problem = "the server answered with status 503" };

        Assert.Equal(("https://issuer.example", 2, "the server answered with status 503"), (status.Issuer, status.UsableKeys, status.Problem));
        Assert.Null(status.JwksUri);
        Assert.Null(status.FetchedAt);
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Equal("clientIds", Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenVerifier("eu-west-1_AbCdEf123", (IEnumerable<string>)null!)).ParamName);
        Assert.Throws<ArgumentNullException>(() => new VerificationResult<CognitoAccessTokenClaims>((CognitoAccessTokenClaims)null!));
        Assert.Throws<ArgumentNullException>(() => new VerificationResult<CognitoAccessTokenClaims>((TokenRejection)null!));
        Assert.Throws<ArgumentNullException>(() => new TokenRejection(TokenRejectionReason.Expired, null!, ""));
        Assert.Throws<ArgumentNullException>(() => new TokenRejection(TokenRejectionReason.Expired, "", null!));
    }

    private static CognitoAccessTokenClaims Create(string clientId, string? subject) => new()
    {
        Issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
        ClientId = clientId,
        Subject = subject,
        ExpiresAt = DateTimeOffset.MaxValue,
    };
}
