using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CognitoM2M.AspNetCore.Tests.Health;

public sealed class KeySetHealthCheckTests : IDisposable
{
    private readonly KeyServer _keys = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Check_downloads_the_keys_and_is_healthy()
    {
        await using var api = await StartAsync();
        Assert.Empty(_keys.Requests);

        var entry = await CheckAsync(api);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal("1 keys", entry.Data[Pool.Usual.Issuer]);
    }

    [Fact]
    public async Task Check_without_keys_is_unhealthy_with_a_reason_and_recovers_without_traffic()
    {
        _keys.KeySet = null;
        await using var api = await StartAsync();

        var without = await CheckAsync(api);
        _keys.KeySet = Pool.Usual.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var with = await CheckAsync(api);

        Assert.Equal(HealthStatus.Unhealthy, without.Status);
        Assert.Equal(
            $"Tokens cannot be verified, because no keys are held for: {Pool.Usual.Id} (the server answered with status 404, so the address is probably wrong; check the user pool id and the region).",
            without.Description);
        Assert.Contains("the server answered with status 404", (string)without.Data[Pool.Usual.Issuer], StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, with.Status);
    }

    // With a time-out: if the check never recovers, the test fails instead of running for ever.
    [Fact(Timeout = 60_000)]
    public async Task Check_is_degraded_while_keys_cannot_be_downloaded_again_and_recovers_without_traffic()
    {
        await using var api = await StartAsync();
        await CheckAsync(api);

        _keys.KeySet = null;
        api.Clock.Advance(TimeSpan.FromHours(1));
        var degraded = await CheckUntilAsync(api, HealthStatus.Degraded);
        _keys.KeySet = Pool.Usual.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var healed = await CheckUntilAsync(api, HealthStatus.Healthy);

        Assert.Equal("1 keys; the last download failed: the server answered with status 404, so the address is probably wrong; check the user pool id and the region", degraded.Data[Pool.Usual.Issuer]);
        Assert.Equal("1 keys", healed.Data[Pool.Usual.Issuer]);
    }

    [Fact]
    public async Task Check_covers_every_user_pool_of_every_scheme()
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication().AddCognitoM2M("fixed", Api.Usual).AddCognitoM2M("second", options =>
                {
                    Api.Usual(options);
                    options.UserPools = [new TrustedUserPool { UserPoolId = "us-east-1_Other", ClientIds = ["other"] }];
                    options.CreateKeySetHttpClient = _keys.Client;
                });
                services.AddHealthChecks().AddCognitoM2MKeys(failureStatus: HealthStatus.Degraded, tags: ["ready"]);
            },
            _ => { });

        var with = await CheckAsync(api);
        _keys.KeySet = null;
        await using var second = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication().AddCognitoM2M("fixed", Api.Usual).AddCognitoM2M("second", options =>
                {
                    Api.Usual(options);
                    options.Jwks = null;
                    options.CreateKeySetHttpClient = _keys.Client;
                });
                services.AddHealthChecks().AddCognitoM2MKeys(failureStatus: HealthStatus.Degraded, tags: ["ready"]);
            },
            _ => { });
        var without = await CheckAsync(second);

        Assert.Equal(HealthStatus.Healthy, with.Status);
        Assert.Equal(HealthStatus.Degraded, without.Status);
        Assert.Equal(["ready"], without.Tags);
    }

    [Fact]
    public async Task User_pools_with_issuers_of_their_own_are_named_by_their_issuer()
    {
        var keys = new KeyServer { Publishes = address => address.StartsWith("https://a.example/", StringComparison.Ordinal) };
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication().AddCognitoM2M(options =>
                {
                    options.UserPools =
                    [
                        new TrustedUserPool { Issuer = "https://a.example/oidc", AllowAnyClient = true },
                        new TrustedUserPool { Issuer = "https://b.example/oidc", AllowAnyClient = true },
                    ];
                    options.CreateKeySetHttpClient = keys.Client;
                });
                services.AddHealthChecks().AddCognitoM2MKeys();
            },
            _ => { });

        var entry = await CheckAsync(api);

        Assert.Equal(
            "Tokens cannot be verified, because no keys are held for: https://b.example/oidc (the server answered with status 404, so the address is probably wrong; check the user pool id and the region).",
            entry.Description);
    }

    [Fact]
    public async Task Check_without_a_scheme_is_unhealthy()
    {
        await using var api = await Api.StartWithAsync(services => services.AddHealthChecks().AddCognitoM2MKeys(), _ => { });

        var entry = await CheckAsync(api);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
    }

    private Task<Api> StartAsync() => Api.StartAsync(
        _ => { },
        options =>
        {
            options.Jwks = null;
            options.CreateKeySetHttpClient = _keys.Client;
            options.LoadKeysAtStart = false;
        },
        services => services.AddHealthChecks().AddCognitoM2MKeys());

    private static async Task<HealthReportEntry> CheckAsync(Api api) =>
        (await api.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["cognito-keys"];

    // Held keys are downloaded again in the background, so the check is repeated.
    private static async Task<HealthReportEntry> CheckUntilAsync(Api api, HealthStatus status)
    {
        while (true)
        {
            var entry = await CheckAsync(api);
            if (entry.Status == status)
                return entry;
            await Task.Yield();
        }
    }
}
