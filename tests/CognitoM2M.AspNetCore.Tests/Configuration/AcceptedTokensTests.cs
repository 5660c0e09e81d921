using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>Which kinds of tokens and which callers a scheme accepts, as settings.</summary>
public sealed class AcceptedTokensTests
{
    private const string Section = "Authentication:Schemes:CognitoM2M";

    public static TheoryData<string, Action<CognitoM2MAuthenticationOptions>> Mistakes { get; } = new()
    {
        { "AllOfScopes or AnyOfScopes is set, and AcceptedTokens is Id.", options => (options.AcceptedTokens, options.Verification.AllOfScopes) = (AcceptedTokens.Id, ["a/1"]) },
        { "AllOfScopes or AnyOfScopes is set, and AcceptedTokens is AccessAndId.", options => (options.AcceptedTokens, options.Verification.AnyOfScopes) = (AcceptedTokens.AccessAndId, ["a/1"]) },
        { "AcceptedCallers is Machines, and AcceptedTokens is AccessAndId.", options => (options.AcceptedTokens, options.Verification.AcceptedCallers) = (AcceptedTokens.AccessAndId, AcceptedCallers.Machines) },
        { "Verification.Checks see access tokens only, and AcceptedTokens is AccessAndId. Add checks for ID tokens to IdTokenChecks.", options => (options.AcceptedTokens, options.Verification.Checks) = (AcceptedTokens.AccessAndId, [_ => null]) },
        { "Add checks for ID tokens to IdTokenChecks instead.", options => (options.AcceptedTokens, options.Verification.Checks, options.IdTokenChecks) = (AcceptedTokens.Id, [_ => null], [_ => null]) },
        { "IdTokenChecks has entries although AcceptedTokens is Access", options => options.IdTokenChecks = [_ => null] },
        { "IdTokenChecks must not be null", options => options.IdTokenChecks = null! },
        { "must not contain null", options => (options.AcceptedTokens, options.IdTokenChecks) = (AcceptedTokens.Id, [null!]) },
        { "AcceptedTokens must be Access, Id or AccessAndId.", options => options.AcceptedTokens = (AcceptedTokens)3 },
        { "AcceptedCallers must be MachinesAndUsers, Machines or Users.", options => options.Verification.AcceptedCallers = (AcceptedCallers)3 },
        { "AllOfGroups: 'a b' is not the name of a group", options => options.Verification.AllOfGroups = ["a b"] },
        { "AnyOfGroups must not be null.", options => options.Verification.AnyOfGroups = null! },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public async Task Setting_that_a_token_of_the_other_kind_could_bypass_is_a_mistake(string mistake, Action<CognitoM2MAuthenticationOptions> set)
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => Api.StartAsync(_ => { }, set));

        Assert.Contains(mistake, Assert.Single(thrown.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_and_id_tokens_of_users_with_checks_for_both_kinds_are_valid_settings()
    {
        await using var api = await Api.StartAsync(_ => { }, options =>
        {
            options.AcceptedTokens = AcceptedTokens.AccessAndId;
            options.Verification.AcceptedCallers = AcceptedCallers.Users;
            options.Verification.Checks = [_ => null];
            options.IdTokenChecks = [_ => null];
        });
    }

    [Fact]
    public async Task Settings_are_read_from_the_section_and_may_change()
    {
        var configuration = CreateConfiguration(("AcceptedTokens", "id"));
        await using var api = await StartAsync(configuration);
        var (id, access) = (Pool.Usual.IdToken(), Pool.Usual.Token());
        Assert.True(await api.AcceptsAsync(id));
        Assert.False(await api.AcceptsAsync(access));

        configuration[$"{Section}:AcceptedTokens"] = "Access";
        configuration[$"{Section}:AcceptedCallers"] = "machines";
        configuration.Reload();
        Assert.False(await api.AcceptsAsync(id));
        Assert.True(await api.AcceptsAsync(access));

        configuration[$"{Section}:AcceptedCallers"] = "MachinesAndUsers";
        configuration[$"{Section}:AcceptedTokens"] = "AccessAndId";
        configuration.Reload();
        Assert.True(await api.AcceptsAsync(id));
        Assert.True(await api.AcceptsAsync(access));

        // The verifier of ID tokens follows other settings, too.
        configuration[$"{Section}:AllOfGroups"] = "owners";
        configuration.Reload();
        using var response = await api.GetAsync("/", id);
        response.Is(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("AcceptedTokens", "Ids", "must be one of Access, Id, AccessAndId")]
    [InlineData("AcceptedTokens", "1", "must be one of Access, Id, AccessAndId")]
    [InlineData("AcceptedTokens", "", "must be one of Access, Id, AccessAndId")]
    [InlineData("AcceptedCallers", "Everybody", "must be one of MachinesAndUsers, Machines, Users")]
    [InlineData("AllOfGroups", "", "is empty")]
    [InlineData("AnyOfGroups", "", "is empty")]
    public async Task Malformed_setting_in_the_section_is_a_mistake(string name, string value, string mistake)
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(CreateConfiguration((name, value))));

        Assert.Contains($"'{Section}:{name}' {mistake}", Assert.Single(thrown.Failures), StringComparison.Ordinal);
    }

    private static IConfigurationRoot CreateConfiguration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Append(("UserPoolId", Pool.Usual.Id)).Append(("ClientIds", Pool.Client)).Append(("Jwks", Pool.Usual.KeySet))
            .Select(setting => KeyValuePair.Create($"{Section}:{setting.Item1}", (string?)setting.Item2)))
        .Build();

    private static Task<Api> StartAsync(IConfiguration configuration) => Api.StartWithAsync(
        services =>
        {
            services.AddSingleton(configuration);
            services.AddAuthentication().AddCognitoM2M();
        },
        app => app.MapGet("/", () => "in").RequireAuthorization());
}
