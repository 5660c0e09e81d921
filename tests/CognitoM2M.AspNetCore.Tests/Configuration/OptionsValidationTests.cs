using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>Mistakes are reported when the host starts: all of them together, with the name of the scheme.</summary>
public sealed class OptionsValidationTests
{
    [Fact]
    public async Task All_mistakes_in_code_are_reported_together()
    {
        var failures = await FindFailuresAsync("machines", options =>
        {
            options.UserPoolId = "eu-west-1";
            options.Jwks = "{}";
            options.Realm = "caf\u00e9\r\nX: y";
            options.EventsType = typeof(string);
            options.NameClaimType = "";
            options.RoleClaimType = null!;
            options.UserPools = [new TrustedUserPool()];
            options.Verification.AllOfScopes = ["a b"];
            options.Verification.ClockTolerance = TimeSpan.FromHours(1);
        });

        string[] expected =
        [
            ": UserPoolId 'eu-west-1'", ": ClientIds is empty", ": Jwks cannot be used", ": UserPools[0].UserPoolId is missing", ": UserPools[0].ClientIds is empty",
            "AllOfScopes", "ClockTolerance", "Realm", "NameClaimType", "RoleClaimType", "EventsType",
        ];
        Assert.All(expected, mistake => Assert.Contains(failures, failure => failure.Contains(mistake, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, failures.Count);
        Assert.All(failures, failure => Assert.StartsWith("Authentication scheme 'machines': ", failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scheme_whose_name_cannot_be_a_realm_needs_a_realm()
    {
        var failures = await FindFailuresAsync("Zug\u00e4nge", Api.Usual);

        Assert.Contains("set Realm if that name has other characters", Assert.Single(failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_of_every_scheme_are_reported()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Api.StartWithAsync(
            services => services.AddAuthentication().AddCognitoM2M("one", _ => { }).AddCognitoM2M("two", _ => { }),
            _ => { }));

        Assert.Contains("'one': UserPoolId is missing", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("'two': UserPoolId is missing", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_list_of_user_pools_is_a_mistake()
    {
        var failures = await FindFailuresAsync("machines", options => options.UserPools = null!);

        Assert.Equal("Authentication scheme 'machines': UserPools must not be null.", Assert.Single(failures));
    }

    [Fact]
    public async Task App_clients_without_their_user_pool_are_a_mistake_even_if_other_user_pools_are_listed()
    {
        var failures = await FindFailuresAsync("machines", options =>
        {
            options.ClientIds = [Pool.Client];
            options.UserPools = [new TrustedUserPool { UserPoolId = Pool.Usual.Id, ClientIds = [Pool.Client] }];
        });

        Assert.StartsWith("Authentication scheme 'machines': UserPoolId is missing.", Assert.Single(failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_user_pool_directly_and_in_the_list_is_a_mistake()
    {
        var failures = await FindFailuresAsync("machines", options =>
        {
            Api.Usual(options);
            options.UserPools = [new TrustedUserPool { UserPoolId = Pool.Usual.Id, ClientIds = ["other"] }];
        });

        Assert.Contains($"two entries have the issuer '{Pool.Usual.Issuer}'", Assert.Single(failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_in_configuration_are_reported_together()
    {
        var failures = await FindFailuresAsync(CreateSection(new()
        {
            ["UserPolId"] = "eu-west-1_AbCdEf123",
            ["AllowAnyClient"] = "perhaps",
            ["JwksUri"] = "not an address",
            ["ClockTolerance"] = "soon",
            ["MaxTokenLength"] = "long",
            ["VerifiedTokenCacheSize"] = "1.5",
            ["Realm"] = "",
            ["AllOfScopes"] = " ",
            ["LoadKeysAtStart"] = "maybe",
            ["IncludeErrorDescription"] = "",
            ["UserPools:0:UserPoolId"] = "us-east-1_Other",
            ["UserPools:0:Realm"] = "x",
        }));

        string[] expected =
        [
            "'Api:UserPolId' is not a setting of an authentication scheme", "'Api:AllowAnyClient' must be true or false", "'Api:JwksUri' must be an absolute address",
            "'Api:ClockTolerance' must be a time span", "'Api:MaxTokenLength' must be a whole number", "'Api:VerifiedTokenCacheSize' must be a whole number", "'Api:Realm' is empty",
            "'Api:AllOfScopes' is empty", "'Api:LoadKeysAtStart' must be true or false", "'Api:IncludeErrorDescription' must be true or false",
            "'Api:UserPools:0:Realm' is not a setting of a user pool", "UserPools[0].ClientIds is empty",
        ];
        Assert.All(expected, mistake => Assert.Contains(failures, failure => failure.Contains(mistake, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, failures.Count);
    }

    [Theory]
    [InlineData("ClientIds", "", "'Api:ClientIds' is empty")]
    [InlineData("ClientIds:0:Id", "abc", "not the id of an app client")]
    [InlineData("AllowAnyClient", "", "'Api:AllowAnyClient' must be true or false")]
    [InlineData("AllowAnyClient", "false", "ClientIds is empty")]
    [InlineData("AnyOfScopes", "", "'Api:AnyOfScopes' is empty")]
    [InlineData("AllOfScopes:0", "orders/read orders/write", "AllOfScopes: 'orders/read orders/write' is not a scope")]
    [InlineData("UserPools", "us-east-1_Other", "'Api:UserPools' must be a list")]
    [InlineData("UserPools", "", "'Api:UserPools' must be a list")]
    [InlineData("UserPools:0", "us-east-1_Other", "UserPools[0].UserPoolId is missing")]
    [InlineData("Realm:0", "x", "'Api:Realm' must be one value")]
    [InlineData("Issuer", "", "'Api:Issuer' is empty")]
    [InlineData("Jwks", "", "'Api:Jwks' is empty")]
    public async Task Setting_that_would_be_ignored_or_remove_a_restriction_is_a_mistake(string key, string value, string mistake)
    {
        var failures = await FindFailuresAsync(CreateSection(new() { ["UserPoolId"] = "eu-west-1_AbCdEf123", [key] = value }));

        Assert.Contains(failures, failure => failure.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_section_is_a_mistake()
    {
        var failures = await FindFailuresAsync(new ConfigurationBuilder().Build().GetSection("Api"));

        Assert.Contains(failures, failure => failure.Contains("the configuration section 'Api' is missing or empty", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var builder = new ServiceCollection().AddAuthentication();

        Assert.Throws<ArgumentException>(() => builder.AddCognitoM2M("", _ => { }));
        Assert.Throws<ArgumentException>(() => builder.AddCognitoM2M(""));
        Assert.Throws<ArgumentNullException>(() => builder.AddCognitoM2M((Action<CognitoM2MAuthenticationOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddCognitoM2M((IConfigurationSection)null!));
    }

    private static IConfigurationSection CreateSection(Dictionary<string, string?> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Api:{setting.Key}", setting.Value))).Build().GetSection("Api");

    private static Task<IReadOnlyList<string>> FindFailuresAsync(IConfigurationSection section) =>
        FindFailuresAsync(services => services.AddAuthentication().AddCognitoM2M(section));

    private static Task<IReadOnlyList<string>> FindFailuresAsync(string scheme, Action<CognitoM2MAuthenticationOptions> options) =>
        FindFailuresAsync(services => services.AddAuthentication().AddCognitoM2M(scheme, options));

    private static async Task<IReadOnlyList<string>> FindFailuresAsync(Action<IServiceCollection> services) =>
        [.. (await Assert.ThrowsAsync<OptionsValidationException>(() => Api.StartWithAsync(services, _ => { }))).Failures];
}
