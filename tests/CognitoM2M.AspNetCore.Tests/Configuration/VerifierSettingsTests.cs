using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>How the user pool that stands directly in the options and the list UserPools go together.</summary>
public sealed class VerifierSettingsTests
{
    [Fact]
    public void User_pool_of_the_options_is_accepted_in_addition_to_user_pools_of_the_list()
    {
        var options = new CognitoM2MAuthenticationOptions { UserPoolId = "eu-west-1_One", ClientIds = ["a"], UserPools = [new TrustedUserPool { UserPoolId = "eu-west-1_Two", ClientIds = ["b"] }] };

        Assert.Equal(["eu-west-1_Two", "eu-west-1_One"], VerifierSettings.Create(options).UserPools.Select(pool => pool.UserPoolId));
        Assert.Empty(VerifierSettings.FindErrors(options));
    }

    [Fact]
    public void User_pools_may_be_given_in_the_list_alone()
    {
        var options = new CognitoM2MAuthenticationOptions { UserPools = [new TrustedUserPool { UserPoolId = "eu-west-1_Two", ClientIds = ["b"] }] };

        Assert.Equal(["eu-west-1_Two"], VerifierSettings.Create(options).UserPools.Select(pool => pool.UserPoolId));
        Assert.Empty(VerifierSettings.FindErrors(options));
    }

    public static TheoryData<Action<CognitoM2MAuthenticationOptions>> PoolSettings { get; } =
    [
        options => options.UserPoolId = "eu-west-1_One",
        options => options.ClientIds = ["a"],
        options => options.ClientIds = null!,
        options => options.AllowAnyClient = true,
        options => options.Issuer = "https://issuer.example",
        options => options.JwksUri = new Uri("https://keys.example"),
        options => options.Jwks = Pool.Usual.KeySet,
    ];

    [Theory]
    [MemberData(nameof(PoolSettings), DisableDiscoveryEnumeration = true)]
    public void Any_setting_of_a_user_pool_in_the_options_adds_that_user_pool(Action<CognitoM2MAuthenticationOptions> set)
    {
        var options = new CognitoM2MAuthenticationOptions { UserPools = [new TrustedUserPool { UserPoolId = "eu-west-1_Two", ClientIds = ["b"] }] };
        set(options);

        Assert.Equal(2, VerifierSettings.Create(options).UserPools.Count);
    }

    [Fact]
    public void Every_other_setting_is_passed_to_the_verifier()
    {
        var options = new CognitoM2MAuthenticationOptions();
        var given = options.Verification;
        given.AcceptedCallers = AcceptedCallers.Users;
        given.AllOfGroups = ["g1"];
        given.AnyOfGroups = ["g2"];
        given.AllOfScopes = ["a/1"];
        given.AnyOfScopes = ["a/2"];
        given.PlainHttpHosts = ["cognito"];
        given.ClockTolerance = TimeSpan.FromSeconds(7);
        given.Checks = [_ => null];
        given.MaxTokenLength = 2_048;
        given.VerifiedTokenCacheSize = 3;
        given.FindTenant = (_, _, _) => Task.FromResult<TrustedUserPool?>(null);
        given.TenantLifetime = TimeSpan.FromSeconds(8);
        given.UnknownTenantLifetime = TimeSpan.FromSeconds(9);
        given.MaxTenants = 4;
        var defaults = new CognitoAccessTokenVerifierOptions();

        var created = VerifierSettings.Create(options);

        foreach (var property in typeof(CognitoAccessTokenVerifierOptions).GetProperties().Where(property => property.Name != nameof(given.UserPools)))
        {
            Assert.NotEqual(property.GetValue(defaults), property.GetValue(given));
            Assert.Equal(property.GetValue(given), property.GetValue(created));
        }

        options.IdTokenChecks = [_ => null];
        var forIdTokens = VerifierSettings.CreateForIdTokens(options);
        Assert.Same(options.IdTokenChecks, forIdTokens.Checks);
        foreach (var property in typeof(CognitoTokenVerifierOptions).GetProperties().Where(property => property.Name != nameof(given.UserPools)))
            Assert.Equal(property.GetValue(given), property.GetValue(forIdTokens));
    }
}
