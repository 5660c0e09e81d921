using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Verification.Tests;

public sealed class CognitoIdTokenVerifierTests
{
    private const string Secret = "nonce-of-the-session";

    [Fact]
    public async Task Claims_of_an_accepted_token_are_typed()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var verifier = Create(keys);
        var token = TestToken.Create(TokenTemplate.IdToken.Payload
            .WithText("name", "Jane Doe").WithText("phone_number", "+14155550123").With("phone_number_verified", "false").WithNumber("nbf", TestToken.Now - 1));

        var claims = (await verifier.VerifyAsync(token)).Claims!;

        Assert.Equal((TestToken.Issuer, TestToken.PoolId, TestToken.ClientId), (claims.Issuer, claims.UserPoolId, claims.ClientId));
        Assert.Equal((TokenTemplate.UserId, TokenTemplate.Username), (claims.Subject, claims.Username));
        Assert.Equal(["admins", "readers"], claims.Groups);
        Assert.True(claims.HasGroup("admins"));
        Assert.False(claims.HasGroup("Admins"));
        Assert.Equal(("jane@example.com", true), (claims.Email, claims.IsEmailVerified));
        Assert.Equal(("+14155550123", false), (claims.PhoneNumber, claims.IsPhoneNumberVerified));
        Assert.Equal(("Jane Doe", "n-0S6_WzA2Mj", "GSZ4mM1nm0JPYGNdxJ4T4Q"), (claims.Name, claims.Nonce, claims.AccessTokenHash));
        var now = DateTimeOffset.FromUnixTimeSeconds(TestToken.Now);
        Assert.Equal((now.AddHours(1), now.AddSeconds(-1), now, now), (claims.ExpiresAt, claims.NotBefore, claims.IssuedAt, claims.AuthenticatedAt));
        Assert.Equal("0b1c2d3e-0000-4000-8000-000000000000", claims.TokenId);
        Assert.Equal("id", claims.Payload.GetProperty("token_use").GetString());
    }

    [Fact]
    public async Task Claims_that_the_token_does_not_have_are_null_or_false()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var verifier = Create(keys);
        var payload = new[] { "at_hash", "nonce", "auth_time", "email", "email_verified", "cognito:groups", "cognito:username", "jti" }
            .Aggregate(TokenTemplate.IdToken.Payload, (all, claim) => all.Without(claim));

        var claims = (await verifier.VerifyAsync(TestToken.Create(payload))).Claims!;

        Assert.Equal((null, null, null, null), (claims.Nonce, claims.AccessTokenHash, claims.Email, claims.PhoneNumber));
        Assert.Equal((null, null, null, null), (claims.Name, claims.Username, claims.TokenId, claims.AuthenticatedAt));
        Assert.Equal((false, false), (claims.IsEmailVerified, claims.IsPhoneNumberVerified));
        Assert.Empty(claims.Groups);
    }

    [Fact]
    public async Task Token_in_the_cache_is_still_compared_with_the_sign_in()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var verifier = Create(keys);
        var token = TestToken.Create(TokenTemplate.IdToken.Payload.WithText("nonce", Secret));
        Assert.True((await verifier.VerifyAsync(token)).IsValid);

        var right = await verifier.VerifyAsync(token, new IdTokenBinding { Nonce = Secret });
        var other = await verifier.VerifyAsync(token, new IdTokenBinding { Nonce = Secret + "2" });
        var unbound = await verifier.VerifyAsync(token);

        Assert.True(right.IsValid);
        Assert.Equal(TokenRejectionReason.NonceNotValid, other.Rejection?.Reason);
        Assert.DoesNotContain(Secret, other.ToString(), StringComparison.Ordinal);
        Assert.Equal(TestToken.ClientId, other.Rejection!.ClientId);
        Assert.True(unbound.IsValid);
    }

    [Fact]
    public async Task Sign_in_is_compared_after_a_download_too()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var verifier = Create(keys);

        var result = await verifier.VerifyAsync(TokenTemplate.IdToken.Valid, new IdTokenBinding { Nonce = Secret });

        Assert.Equal(TokenRejectionReason.NonceNotValid, result.Rejection?.Reason);
    }

    [Fact]
    public void Empty_values_of_a_sign_in_are_refused_because_they_must_not_mean_that_nothing_is_checked()
    {
        Assert.StartsWith("The value is empty. ", Assert.Throws<ArgumentException>(() => new IdTokenBinding { Nonce = "" }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new IdTokenBinding { AccessToken = "" });
        Assert.Equal((null, null), (new IdTokenBinding().Nonce, new IdTokenBinding().AccessToken));
    }

    [Fact]
    public async Task Null_in_the_place_of_a_sign_in_is_refused()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var verifier = Create(keys);

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await verifier.VerifyAsync(TokenTemplate.IdToken.Valid, binding: null!));
    }

    [Fact]
    public async Task Verifier_that_shares_the_key_sets_of_another_downloads_nothing_again()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var accessTokens = new CognitoAccessTokenVerifier(
            new CognitoAccessTokenVerifierOptions { UserPools = [Pool] }, createHttpClient: keys.CreateClient, timeProvider: new ManualClock());
        using var idTokens = accessTokens.CreateIdTokenVerifier(new CognitoIdTokenVerifierOptions { UserPools = [Pool] });
        Assert.Null(idTokens.VerifyWithHeldKeys(TokenTemplate.IdToken.Valid));

        Assert.True((await accessTokens.VerifyAsync(TestToken.Valid)).IsValid);

        Assert.True(idTokens.VerifyWithHeldKeys(TokenTemplate.IdToken.Valid)?.IsValid);
        Assert.True(idTokens.HoldsKeys);
        Assert.Equal(1, keys.Requests);
    }

    [Fact]
    public async Task Key_sets_that_are_shared_stay_until_the_last_verifier_does_not_use_them()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var accessTokens = new CognitoAccessTokenVerifier(
            new CognitoAccessTokenVerifierOptions { UserPools = [Pool] }, createHttpClient: keys.CreateClient, timeProvider: new ManualClock());
        using var idTokens = accessTokens.CreateIdTokenVerifier(new CognitoIdTokenVerifierOptions { UserPools = [Pool] });
        await idTokens.VerifyAsync(TokenTemplate.IdToken.Valid);
        var other = new TrustedUserPool { UserPoolId = TestToken.OtherPoolId, ClientIds = [TestToken.OtherClientId] };

        accessTokens.ChangeOptions(new CognitoAccessTokenVerifierOptions { UserPools = [other] });
        accessTokens.ChangeOptions(new CognitoAccessTokenVerifierOptions { UserPools = [Pool] });
        Assert.True(accessTokens.VerifyWithHeldKeys(TestToken.Valid)?.IsValid);
        Assert.Equal(1, keys.Requests);

        accessTokens.ChangeOptions(new CognitoAccessTokenVerifierOptions { UserPools = [other] });
        idTokens.Dispose();
        accessTokens.ChangeOptions(new CognitoAccessTokenVerifierOptions { UserPools = [Pool] });
        Assert.Null(accessTokens.VerifyWithHeldKeys(TestToken.Valid));
        await accessTokens.LoadKeysAsync();
        Assert.Equal(2, keys.Requests);
    }

    [Fact]
    public async Task Changed_options_judge_later_tokens()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        using var verifier = Create(keys);
        Assert.True((await verifier.VerifyAsync(TokenTemplate.IdToken.Valid)).IsValid);

        verifier.ChangeOptions(new CognitoIdTokenVerifierOptions { UserPools = [Pool], Checks = { claims => claims.IsEmailVerified && claims.Email == "jane@example.com" ? "blocked" : null } });

        Assert.Equal(TokenRejectionReason.CheckFailed, verifier.VerifyWithHeldKeys(TokenTemplate.IdToken.Valid)?.Rejection?.Reason);
        Assert.Equal(1, keys.Requests);
    }

    [Fact]
    public async Task Tenant_is_found_by_issuer_and_audience()
    {
        using var keys = new KeySetServer(VerdictCase.DefaultKeySet);
        List<(string, string)> questions = [];
        var options = new CognitoIdTokenVerifierOptions
        {
            FindTenant = (issuer, clientId, _) =>
            {
                questions.Add((issuer, clientId));
                return Task.FromResult<TrustedUserPool?>(Pool);
            },
        };
        using var verifier = new CognitoIdTokenVerifier(options, createHttpClient: keys.CreateClient, timeProvider: new ManualClock());

        var accepted = await verifier.VerifyAsync(TokenTemplate.IdToken.Valid, new IdTokenBinding { Nonce = "n-0S6_WzA2Mj" });
        var other = await verifier.VerifyAsync(TokenTemplate.IdToken.Valid, new IdTokenBinding { Nonce = "x" });
        var access = await verifier.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("aud", TestToken.ClientId)));

        Assert.True(accepted.IsValid, accepted.ToString());
        Assert.Equal(TokenRejectionReason.NonceNotValid, other.Rejection?.Reason);
        Assert.Equal(TokenRejectionReason.NotAnIdToken, access.Rejection?.Reason);
        Assert.Equal([(TestToken.Issuer, TestToken.ClientId)], questions);
    }

    [Fact]
    public void Mistakes_are_reported_together()
    {
        var error = Assert.Throws<OptionsValidationException>(() => new CognitoIdTokenVerifier(new CognitoIdTokenVerifierOptions
        {
            AllOfGroups = ["a b"],
            AnyOfGroups = [""],
            Checks = [null!],
            ClockTolerance = TimeSpan.FromHours(1),
        }));

        Assert.Equal(
            ["UserPools", "AllOfGroups", "AnyOfGroups", "ClockTolerance", "Checks"],
            error.Failures.Select(failure => failure.Split(' ', ':')[0]));
        Assert.Throws<ArgumentNullException>(() => new CognitoIdTokenVerifier(null!, ["abc"]));
        Assert.Throws<ArgumentNullException>(() => new CognitoIdTokenVerifier(TestToken.PoolId, null!));
    }

    [Fact]
    public void Claims_can_be_created_for_a_test_of_a_check()
    {
        List<string> groups = ["admins"];
        var claims = new CognitoIdTokenClaims
        {
            Issuer = "https://issuer.example",
            ClientId = "web",
            ExpiresAt = DateTimeOffset.MaxValue,
            Groups = groups,
            Email = "jane@example.com",
        };
        groups[0] = "readers";

        Assert.True(claims.HasGroup("admins"));
        Assert.False(claims.HasGroup("readers"));
        Assert.False(claims.IsEmailVerified);
        Assert.Throws<ArgumentNullException>(() => new CognitoIdTokenClaims { Issuer = "", ClientId = "", ExpiresAt = default, Groups = null! });
    }

    private static TrustedUserPool Pool => new() { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId] };

    private static CognitoIdTokenVerifier Create(KeySetServer keys) =>
        new(new CognitoIdTokenVerifierOptions { UserPools = [Pool] }, createHttpClient: keys.CreateClient, timeProvider: new ManualClock());
}
