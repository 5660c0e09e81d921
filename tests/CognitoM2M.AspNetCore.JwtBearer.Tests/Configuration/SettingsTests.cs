using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Configuration;

/// <summary>Settings from the configuration section of the scheme, which JwtBearer reads too.</summary>
public sealed class SettingsTests
{
    private const string Section = "Authentication:Schemes:Bearer";

    [Fact]
    public async Task Section_of_the_scheme_is_read_if_there_are_no_arguments()
    {
        await using var api = await StartAsync(builder => builder.AddJwtBearer().UseCognitoM2M(), Usual(Section));

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var rejected = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "another"));

        accepted.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
    }

    [Fact]
    public async Task Section_of_a_scheme_with_another_name_is_read()
    {
        await using var api = await StartAsync(
            builder => builder.AddJwtBearer("Machines").UseCognitoM2M("Machines"), Usual("Authentication:Schemes:Machines"));

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Host_does_not_start_with_settings_that_accept_ID_tokens()
    {
        var inSection = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            builder => builder.AddJwtBearer().UseCognitoM2M(), [.. Usual(Section), ($"{Section}:AcceptedTokens", "Id")]));
        var inCode = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            builder =>
            {
                builder.AddJwtBearer().UseCognitoM2M();
                builder.Services.PostConfigure<CognitoM2MAuthenticationOptions>("Bearer", options => options.AcceptedTokens = AcceptedTokens.AccessAndId);
            },
            Usual(Section)));

        Assert.Contains("UseCognitoM2M, which accepts access tokens only. To accept ID tokens, use AddCognitoM2M.", Assert.Single(inSection.Failures), StringComparison.Ordinal);
        Assert.Contains("AcceptedTokens is AccessAndId, but UseCognitoM2M accepts access tokens only.", Assert.Single(inCode.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_and_groups_are_read_from_the_section()
    {
        await using var api = await StartAsync(
            builder => builder.AddJwtBearer().UseCognitoM2M(), [.. Usual(Section), ($"{Section}:AcceptedCallers", "Users"), ($"{Section}:AnyOfGroups", "admins")]);

        using var machine = await api.GetAsync("/", Pool.Usual.Token());
        using var outside = await api.GetAsync("/", TokenOfUser("readers"));
        using var inGroup = await api.GetAsync("/", TokenOfUser("admins"));

        Assert.Equal(HttpStatusCode.Unauthorized, machine.StatusCode);
        outside.Is(HttpStatusCode.Forbidden);
        inGroup.Is(HttpStatusCode.OK);

        static string TokenOfUser(string group) => Pool.Usual.Token(change: payload =>
        {
            (payload["sub"], payload["username"]) = ("11aa22bb", "jane");
            payload["cognito:groups"] = new System.Text.Json.Nodes.JsonArray(group);
        });
    }

    [Fact]
    public async Task Delegate_wins_over_the_section()
    {
        await using var api = await StartAsync(
            builder => builder.AddJwtBearer().UseCognitoM2M(options => options.ClientIds = ["another"]), Usual(Section));

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Section_that_the_caller_passes_is_read_instead_of_the_section_of_the_scheme(bool isNamed)
    {
        var configuration = Build([.. Usual("Elsewhere"), ($"{Section}:UserPoolId", "not a user pool")]);
        var section = configuration.GetSection("Elsewhere");

        await using var api = await Api.StartWithAsync(
            services =>
            {
                var builder = services.AddSingleton<IConfiguration>(configuration).AddAuthentication().AddJwtBearer();
                _ = isNamed ? builder.UseCognitoM2M("Bearer", section) : builder.UseCognitoM2M(section);
            },
            BearerApi.MapUsual);
        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Settings_of_JwtBearer_in_the_section_are_no_mistakes_and_keep_their_meaning()
    {
        await using var api = await StartAsync(
            builder => builder.AddJwtBearer().UseCognitoM2M(),
            [
                .. Usual(Section),
                ($"{Section}:Authority", Pool.Usual.Issuer),
                ($"{Section}:ValidIssuer", Pool.Usual.Issuer),
                ($"{Section}:Challenge", "Bearer realm=\"orders\""),
                ($"{Section}:IncludeErrorDetails", "false"),
                ($"{Section}:SaveToken", "false"),
                ($"{Section}:MapInboundClaims", "false"),
                ($"{Section}:RequireHttpsMetadata", "true"),
                ($"{Section}:RefreshInterval", "00:01:00"),
                ($"{Section}:BackchannelTimeout", "00:00:10"),
                ($"{Section}:TokenValidationParameters:ValidateAudience", "false"),
            ]);

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var rejected = await api.GetAsync("/", "x");

        accepted.Is(HttpStatusCode.OK);
        rejected.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"orders\", scope=\"orders/read\"");
    }

    [Fact]
    public async Task Section_that_dotnet_user_jwts_has_written_does_not_keep_the_host_from_starting()
    {
        await using var api = await StartAsync(
            builder => builder.AddJwtBearer().UseCognitoM2M(),
            [
                .. Usual(Section),
                ($"{Section}:ValidAudiences:0", "http://localhost:5000"),
                ($"{Section}:ValidIssuer", "dotnet-user-jwts"),
                ($"{Section}:SigningKeys:0:Id", "1"),
                ($"{Section}:SigningKeys:0:Issuer", "dotnet-user-jwts"),
                ($"{Section}:SigningKeys:0:Value", Convert.ToBase64String(new byte[32])),
                ($"{Section}:SigningKeys:0:Length", "32"),
            ]);

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        // The setting ValidAudiences stays in force.
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"The audience ", Assert.Single(response.Challenges()), StringComparison.Ordinal);
        var warning = Assert.Single(api.Log.Lines, line => line.StartsWith("Warning 2 ", StringComparison.Ordinal));
        Assert.Contains(": ValidIssuer, IssuerSigningKeys.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_are_reported_together_when_the_host_starts()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            builder => builder.AddJwtBearer().UseCognitoM2M(),
            [
                ($"{Section}:UserPoolId", Pool.Usual.Id),
                ($"{Section}:ClientIdss:0", Pool.Client),
                ($"{Section}:ClockTolerance", "soon"),
                ($"{Section}:VerifyWithJsonWebTokenHandler", "maybe"),
                ($"{Section}:UserPools:0:Authority", "x"),
            ]));

        Assert.Contains(error.Failures, failure => failure.Contains($"'{Section}:ClientIdss' is not a setting of UseCognitoM2M or of AddJwtBearer", StringComparison.Ordinal));
        Assert.Contains(error.Failures, failure => failure.Contains($"'{Section}:ClockTolerance'", StringComparison.Ordinal));
        Assert.Contains(error.Failures, failure => failure.Contains($"'{Section}:VerifyWithJsonWebTokenHandler'", StringComparison.Ordinal));
        Assert.Contains(error.Failures, failure => failure.Contains($"'{Section}:UserPools:0:Authority'", StringComparison.Ordinal));
        Assert.Contains(error.Failures, failure => failure.Contains("ClientIds", StringComparison.Ordinal));
        Assert.All(error.Failures, failure => Assert.StartsWith("Authentication scheme 'Bearer': ", failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_does_not_start_without_arguments_and_without_a_section()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(builder => builder.AddJwtBearer().UseCognitoM2M(), []));

        Assert.Contains($"'{Section}' is missing or empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_section_is_used_unless_it_has_mistakes()
    {
        var configuration = Build([.. Usual(Section), ($"{Section}:ValidAudience", "orders-api")]);
        await using var api = await Api.StartWithAsync(
            services => services.AddSingleton<IConfiguration>(configuration).AddAuthentication().AddJwtBearer().UseCognitoM2M(), BearerApi.MapUsual);
        using var before = await api.GetAsync("/", Pool.Usual.Token());

        Change("VerifyWithJsonWebTokenHandler", "false");
        using var after = await api.GetAsync("/", Pool.Usual.Token());
        Change("ClientIds", "");
        using var mistaken = await api.GetAsync("/", Pool.Usual.Token());
        Change("ClientIds", "another");
        using var another = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
        after.Is(HttpStatusCode.OK);
        mistaken.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, another.StatusCode);

        void Change(string setting, string value)
        {
            configuration[$"{Section}:{setting}"] = value;
            configuration.Reload();
        }
    }

    [Fact]
    public async Task Scheme_name_may_have_characters_that_a_header_may_not_have()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication().AddJwtBearer("M\u00E4rz", _ => { }).UseCognitoM2M("M\u00E4rz", BearerApi.Usual), BearerApi.MapUsual);

        using var response = await api.GetAsync("/", "x");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static Task<Api> StartAsync(Action<Microsoft.AspNetCore.Authentication.AuthenticationBuilder> register, (string Key, string? Value)[] settings) =>
        Api.StartWithAsync(services => register(services.AddSingleton<IConfiguration>(Build(settings)).AddAuthentication()), BearerApi.MapUsual);

    private static IConfigurationRoot Build((string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();

    private static (string, string?)[] Usual(string section) =>
        [($"{section}:UserPoolId", Pool.Usual.Id), ($"{section}:ClientIds", Pool.Client), ($"{section}:Jwks", Pool.Usual.KeySet)];
}
