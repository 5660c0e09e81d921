namespace CognitoM2M.Verification.Tests.Claims;

/// <summary>What the typed claims say about the caller.</summary>
public sealed class TypedClaimsTests
{
    [Theory]
    [InlineData("client", null, true, false)]
    [InlineData("client", "ann", false, false)]
    [InlineData("user", null, false, false)]
    [InlineData("user", "ann", false, true)]
    [InlineData(null, null, false, false)]
    [InlineData(null, "ann", false, false)]
    public void Caller_is_a_machine_or_a_user_or_neither(string? subject, string? username, bool isMachine, bool isUser)
    {
        var claims = Create(subject, username);

        Assert.Equal((isMachine, isUser), (claims.IsMachine, claims.IsUser));
    }

    [Fact]
    public void Lists_are_copied_and_never_null()
    {
        var groups = new List<string> { "admins" };
        var claims = new CognitoAccessTokenClaims { Issuer = "https://issuer.example/a", ClientId = "client", ExpiresAt = DateTimeOffset.MaxValue, Groups = groups };
        groups.Clear();

        Assert.True(claims.HasGroup("admins"));
        Assert.Empty(Create("client", null).Groups);
        Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenClaims { Issuer = "a", ClientId = "client", ExpiresAt = DateTimeOffset.MaxValue, Groups = null! });
    }

    [Fact]
    public void Verdict_is_described_in_words() =>
        Assert.Equal("The token is valid.", new VerificationResult<CognitoAccessTokenClaims>(Create("client", null)).ToString());

    private static CognitoAccessTokenClaims Create(string? subject, string? username) =>
        new() { Issuer = "https://issuer.example/a", ClientId = "client", ExpiresAt = DateTimeOffset.MaxValue, Subject = subject, Username = username };
}
