using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>A change of the configuration takes effect while the API runs.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Section = "Authentication:Schemes:CognitoM2M";

    private readonly KeyServer _keys = new();

    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        [$"{Section}:UserPoolId"] = Pool.Usual.Id,
        [$"{Section}:ClientIds"] = Pool.Client,
        ["Api:UserPoolId"] = Pool.Usual.Id,
        ["Api:ClientIds"] = Pool.Client,
    }).Build();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task App_client_that_is_added_may_call_at_once_and_one_that_is_removed_may_not()
    {
        await using var api = await StartAsync();
        var token = Pool.Usual.Token();
        using var before = await api.GetAsync("/", token);
        using var strangerBefore = await api.GetAsync("/", TokenOf("newcomer"));

        Change($"{Section}:ClientIds", "newcomer");
        using var after = await api.GetAsync("/", token);
        using var strangerAfter = await api.GetAsync("/", TokenOf("newcomer"));

        before.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, strangerBefore.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        strangerAfter.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Settings_of_answers_and_of_the_identity_change_too()
    {
        await using var api = await StartAsync();

        Change($"{Section}:Realm", "orders");
        Change($"{Section}:AllOfScopes", "base/a");
        using var challenge = await api.GetAsync("/");
        using var lacking = await api.GetAsync("/", Pool.Usual.Token());

        challenge.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"orders\", scope=\"base/a\"");
        Assert.Equal(HttpStatusCode.Forbidden, lacking.StatusCode);
    }

    [Fact]
    public async Task Keys_stay_held_if_other_settings_change()
    {
        await using var api = await StartAsync();
        using var before = await api.GetAsync("/", Pool.Usual.Token());
        Assert.Single(_keys.Requests);

        // Another download would fail.
        _keys.KeySet = null;
        Change($"{Section}:Realm", "orders");
        using var after = await api.GetAsync("/", Pool.Usual.Token());

        after.Is(HttpStatusCode.OK);
        Assert.Single(_keys.Requests);
    }

    [Fact]
    public async Task Keys_of_an_added_user_pool_are_downloaded_when_the_settings_change()
    {
        await using var api = await StartAsync();
        using var before = await api.GetAsync("/", Pool.Usual.Token());
        var other = new Pool("us-east-1_Other");

        _configuration[$"{Section}:UserPools:0:UserPoolId"] = other.Id;
        Change($"{Section}:UserPools:0:AllowAnyClient", "true");
        using var added = await api.GetAsync("/", other.Token());
        using var usual = await api.GetAsync("/", Pool.Usual.Token());

        added.Is(HttpStatusCode.OK);
        usual.Is(HttpStatusCode.OK);
        Assert.Equal(2, _keys.Requests.Count);
    }

    [Fact]
    public async Task Change_that_is_not_valid_keeps_the_former_settings_and_logs_one_error()
    {
        await using var api = await StartAsync();

        Change($"{Section}:ClockTolerance", "long");
        _configuration.Reload();
        using var response = await api.GetAsync("/", Pool.Usual.Token());
        using var again = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
        again.Is(HttpStatusCode.OK);
        var error = Assert.Single(api.Log.Find(LogLevel.Error));
        Assert.Contains(
            "Authentication scheme CognitoM2M: the changed configuration is not valid and was ignored. The previous settings stay in force. "
            + "Authentication scheme 'CognitoM2M': 'Authentication:Schemes:CognitoM2M:ClockTolerance' must be a time span",
            error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Valid_change_is_used_after_an_invalid_change()
    {
        await using var api = await StartAsync();
        Change($"{Section}:ClockTolerance", "long");

        _configuration[$"{Section}:ClockTolerance"] = "00:00:30";
        Change($"{Section}:ClientIds", "newcomer");
        using var response = await api.GetAsync("/", TokenOf("newcomer"));
        Change($"{Section}:ClockTolerance", "long");

        response.Is(HttpStatusCode.OK);
        Assert.Equal(2, api.Log.Find(LogLevel.Error).Count);
    }

    [Fact]
    public async Task Section_that_is_missing_for_a_moment_changes_nothing()
    {
        await using var api = await StartAsync();

        _configuration[$"{Section}:UserPoolId"] = null;
        Change($"{Section}:ClientIds", null);
        using var meanwhile = await api.GetAsync("/", Pool.Usual.Token());
        _configuration[$"{Section}:UserPoolId"] = Pool.Usual.Id;
        Change($"{Section}:ClientIds", "newcomer");
        using var after = await api.GetAsync("/", TokenOf("newcomer"));

        meanwhile.Is(HttpStatusCode.OK);
        after.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Exception_of_the_delegate_keeps_the_former_settings()
    {
        var fails = false;
        await using var api = await StartAsync(authentication => authentication.AddCognitoM2M(options =>
        {
            if (fails)
                throw new TimeoutException("no answer");
        }));

        fails = true;
        Change($"{Section}:Realm", "orders");
        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
        Assert.Contains("TimeoutException", Assert.Single(api.Log.Find(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_that_was_passed_is_followed()
    {
        await using var api = await StartAsync(authentication => authentication.AddCognitoM2M(_configuration.GetSection("Api")));

        Change("Api:ClientIds", "newcomer");
        using var response = await api.GetAsync("/", TokenOf("newcomer"));

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Options_delegate_still_overrides_the_section_after_a_change()
    {
        await using var api = await StartAsync(authentication => authentication.AddCognitoM2M(options => options.Realm = "from code"));

        Change($"{Section}:Realm", "from the section");
        using var response = await api.GetAsync("/");

        response.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"from code\"");
    }

    [Fact]
    public async Task Listeners_of_the_options_see_the_change()
    {
        await using var api = await StartAsync();
        List<string?> seen = [];
        using var listening = api.Services.GetRequiredService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>().OnChange((options, name) => seen.Add($"{name} {options.Realm}"));

        Change($"{Section}:Realm", "orders");

        Assert.Contains("CognitoM2M orders", seen);
    }

    [Fact]
    public async Task Http_client_for_keys_may_be_added_and_removed_by_a_change()
    {
        var own = new KeyServer();
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddSingleton<IConfiguration>(_configuration);
                services.AddAuthentication().AddCognitoM2M(options =>
                {
                    options.LoadKeysAtStart = false;
                    options.CreateKeySetHttpClient = options.Realm is null ? null : own.Client;
                });
            },
            app => app.MapGet("/", () => "in").RequireAuthorization());
        using var anonymous = await api.GetAsync("/");

        Change($"{Section}:Realm", "orders");
        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
        Assert.Single(own.Requests);
    }

    private static string TokenOf(string client) => Pool.Usual.Token(change: payload => payload["client_id"] = client);

    private void Change(string setting, string? value)
    {
        _configuration[setting] = value;
        _configuration.Reload();
    }

    private Task<Api> StartAsync(Action<Microsoft.AspNetCore.Authentication.AuthenticationBuilder>? add = null) => Api.StartWithAsync(
        services =>
        {
            services.AddSingleton<IConfiguration>(_configuration);
            var authentication = services.AddAuthentication();
            if (add is null)
                authentication.AddCognitoM2M();
            else
                add(authentication);
            services.PostConfigureAll<CognitoM2MAuthenticationOptions>(options => options.CreateKeySetHttpClient = _keys.Client);
        },
        app => app.MapGet("/", () => "in").RequireAuthorization());
}
