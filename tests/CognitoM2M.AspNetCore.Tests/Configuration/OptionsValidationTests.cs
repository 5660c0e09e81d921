using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>Mistakes are reported when the host starts: all at once, and of which scheme.</summary>
public sealed class OptionsValidationTests
{
    [Fact]
    public async Task All_mistakes_in_code_are_reported_at_once()
    {
        var failures = await FailuresAsync("machines", options =>
        {
            options.UserPoolId = "eu-west-1";
            options.Realm = "caf\u00e9\r\nX: y";
            options.EventsType = typeof(string);
            options.Verification.AllOfScopes = ["a b"];
            options.Verification.ClockTolerance = TimeSpan.FromHours(1);
            options.Verification.OtherUserPools = [new TrustedUserPool()];
            options.Verification.KeySet = "{}";
        });

        string[] expected =
        [
            "UserPoolId 'eu-west-1'", "ClientIds is empty", "KeySet cannot be used", "OtherUserPools[0]: UserPoolId is missing", "OtherUserPools[0]: ClientIds is empty",
            "AllOfScopes", "ClockTolerance", "Realm", "EventsType",
        ];
        Assert.All(expected, mistake => Assert.Contains(failures, said => said.Contains(mistake, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, failures.Count);
        Assert.All(failures, said => Assert.StartsWith("Authentication scheme 'machines': ", said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_of_a_scheme_that_cannot_be_a_realm_needs_one()
    {
        var failures = await FailuresAsync("Zug\u00e4nge", Api.Usual);

        Assert.Contains("Realm, which is the scheme's name unless it is set", Assert.Single(failures), StringComparison.Ordinal);
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
    public async Task All_mistakes_in_configuration_are_reported_at_once()
    {
        var failures = await FailuresAsync(Section(new()
        {
            ["UserPolId"] = "eu-west-1_AbCdEf123",
            ["AnyClient"] = "perhaps",
            ["JwksUri"] = "not an address",
            ["ClockTolerance"] = "soon",
            ["Realm"] = "",
            ["AllOfScopes"] = " ",
            ["LoadKeysAtStart"] = "true",
            ["OtherUserPools:0:UserPoolId"] = "us-east-1_Other",
            ["OtherUserPools:0:Realm"] = "x",
        }));

        string[] expected =
        [
            "'Api:UserPolId' is not a setting", "'Api:AnyClient' must be true or false", "'Api:JwksUri' must be an absolute address", "'Api:ClockTolerance' must be a time span",
            "'Api:Realm' must be one value", "'Api:AllOfScopes' is empty", "'Api:LoadKeysAtStart' is not a setting", "'Api:OtherUserPools:0:Realm' is not a setting of a user pool",
            "UserPoolId is missing", "'CognitoM2M': ClientIds is empty", "OtherUserPools[0]: ClientIds is empty",
        ];
        Assert.All(expected, mistake => Assert.Contains(failures, said => said.Contains(mistake, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, failures.Count);
    }

    [Theory]
    [InlineData("ClientIds", "", "'Api:ClientIds' is empty")]
    [InlineData("ClientIds:0:Id", "abc", "not the id of an app client")]
    [InlineData("AnyClient", "", "'Api:AnyClient' must be true or false")]
    [InlineData("AnyClient", "false", "ClientIds is empty")]
    [InlineData("AnyOfScopes", "", "'Api:AnyOfScopes' is empty")]
    [InlineData("AllOfScopes:0", "orders/read orders/write", "AllOfScopes: each entry must be one scope")]
    [InlineData("OtherUserPools", "us-east-1_Other", "'Api:OtherUserPools' must be a list")]
    [InlineData("OtherUserPools", "", "'Api:OtherUserPools' must be a list")]
    [InlineData("OtherUserPools:0", "us-east-1_Other", "OtherUserPools[0]: UserPoolId is missing")]
    [InlineData("Realm:0", "x", "'Api:Realm' must be one value")]
    public async Task Setting_that_would_open_or_be_skipped_is_a_mistake(string key, string value, string mistake)
    {
        var failures = await FailuresAsync(Section(new() { ["UserPoolId"] = "eu-west-1_AbCdEf123", [key] = value }));

        Assert.Contains(failures, said => said.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_section_is_a_mistake()
    {
        var failures = await FailuresAsync(new ConfigurationBuilder().Build().GetSection("Api"));

        Assert.Contains(failures, said => said.Contains("the configuration section 'Api' is missing or empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Section_configures_all_of_a_scheme()
    {
        var keys = new KeyServer();
        var section = Section(new()
        {
            ["userPoolId"] = "eu-west-1_AbCdEf123",
            ["clientIds:0"] = "someone",
            ["clientIds:1"] = Pool.Client,
            ["allOfScopes"] = "base/a, base/b",
            ["clockTolerance"] = "00:00:30",
            ["realm"] = "orders",
            ["jwksUri"] = "https://keys.example.com/jwks.json",
            ["otherUserPools:0:userPoolId"] = "us-east-1_Other",
            ["otherUserPools:0:anyClient"] = "true",
            ["otherUserPools:0:jwksUri"] = "https://keys.example.com/other.json",
        });
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication().AddCognitoM2M(section);
                services.Configure<CognitoM2MAuthenticationOptions>("CognitoM2M", options => options.CreateKeySetHttpClient = keys.Client);
            },
            app => app.MapGet("/", () => "in").RequireAuthorization());
        var other = new Pool("us-east-1_Other");

        using var accepted = await api.GetAsync("/", Pool.Usual.Token("base/a base/b"));
        using var lacking = await api.GetAsync("/", Pool.Usual.Token("base/a"));
        using var anyClient = await api.GetAsync("/", other.Token("base/a base/b", payload => payload["client_id"] = "anybody"));
        using var stranger = await api.GetAsync("/", Pool.Usual.Token("base/a base/b", payload => payload["client_id"] = "anybody"));
        api.Clock.Advance(TimeSpan.FromMinutes(60) + TimeSpan.FromSeconds(29));
        using var tolerated = await api.GetAsync("/", Pool.Usual.Token("base/a base/b"));

        accepted.Is(HttpStatusCode.OK);
        lacking.Is(HttpStatusCode.Forbidden, "Bearer realm=\"orders\", error=\"insufficient_scope\", error_description=\"The access token lacks a scope.\", scope=\"base/a base/b\"");
        anyClient.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        tolerated.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Section_may_accept_any_client_of_the_pool()
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication().AddCognitoM2M(Section(new() { ["UserPoolId"] = Pool.Usual.Id, ["AnyClient"] = "True" }));
                services.Configure<CognitoM2MAuthenticationOptions>("CognitoM2M", options => options.Verification.KeySet = Pool.Usual.KeySet);
            },
            app => app.MapGet("/", () => "in").RequireAuthorization());

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "anybody"));

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var builder = new ServiceCollection().AddAuthentication();

        Assert.Throws<ArgumentException>(() => builder.AddCognitoM2M("", _ => { }));
        Assert.Throws<ArgumentNullException>(() => builder.AddCognitoM2M((Action<CognitoM2MAuthenticationOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddCognitoM2M((IConfigurationSection)null!));
    }

    private static IConfigurationSection Section(Dictionary<string, string?> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Api:{setting.Key}", setting.Value))).Build().GetSection("Api");

    private static Task<IReadOnlyList<string>> FailuresAsync(IConfigurationSection section) =>
        FailuresAsync(services => services.AddAuthentication().AddCognitoM2M(section));

    private static Task<IReadOnlyList<string>> FailuresAsync(string scheme, Action<CognitoM2MAuthenticationOptions> options) =>
        FailuresAsync(services => services.AddAuthentication().AddCognitoM2M(scheme, options));

    private static async Task<IReadOnlyList<string>> FailuresAsync(Action<IServiceCollection> services) =>
        [.. (await Assert.ThrowsAsync<OptionsValidationException>(() => Api.StartWithAsync(services, _ => { }))).Failures];
}
