using CognitoM2M;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.DependencyInjection;

namespace ConsoleConsumer;

/// <summary>The main job from start to end, with all that goes wrong in between, on real HTTP and in real time.</summary>
internal sealed class EmulatorRun(Report report, CognitoTokenRoute route)
{
    // Long enough for a renewal at 85 % of it to end before 90 %, short enough to watch.
    private static readonly TimeSpan _firstLifetime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _secondLifetime = TimeSpan.FromSeconds(5);

    private readonly EmulatorEndpoint _endpoint = route == CognitoTokenRoute.OAuth2 ? EmulatorEndpoint.Token : EmulatorEndpoint.GetClientToken;

    public async Task RunAsync()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        Report.Say($"Cognito is emulated at {cognito.BaseAddress}.");
        var (pool, appClient, credentials) = await Setup.ProvisionAsync(cognito, route);
        // Cognito's shortest are five minutes; the emulator can be told to be quicker.
        appClient.AccessTokenValidity = _firstLifetime;

        await using var api = await SampleApi.StartAsync("orders/read", options =>
        {
            options.UserPoolId = pool.Id;
            options.ClientIds = [credentials.ClientId];
            options.JwksUri = pool.JwksUri;
            // The times in a token are whole seconds, which is much for one that lives five.
            options.Verification.ClockTolerance = TimeSpan.FromSeconds(1);
        });
        await using var services = Services(cognito, credentials, api.Address);
        using var waits = new MeterCount(CognitoM2MDiagnostics.TokenWaits);
        var callers = new Callers(report, () => services.GetRequiredService<IHttpClientFactory>().CreateClient("orders"));

        await ColdStartAsync(cognito, callers);
        await RenewalAsync(cognito, appClient, callers, waits);
        await OutageAsync(cognito, callers, services.GetRequiredService<ICognitoTokenProvider>(), appClient);
        await KeyRotationAsync(cognito, pool, credentials, api, callers);
        await WrongSecretAsync(services, api);
        report.Expect(report.ApiFailures == 0, "not one API call failed");
    }

    private ServiceProvider Services(CognitoEmulator cognito, AppClientCredentials credentials, Uri api)
    {
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("orders", options => Configure(options, cognito, credentials, credentials.ClientSecret, api));
        services.AddCognitoM2MClient("wrong", options => Configure(options, cognito, credentials, "not1the2secret3of4this5client", api));
        return services.BuildServiceProvider();
    }

    private void Configure(CognitoM2MClientOptions options, CognitoEmulator cognito, AppClientCredentials credentials, string secret, Uri api)
    {
        options.Route = route;
        options.TokenEndpoint = route == CognitoTokenRoute.OAuth2 ? cognito.TokenEndpoint : cognito.BaseAddress;
        options.ClientId = credentials.ClientId;
        options.ClientSecret = secret;
        options.Scopes = [.. credentials.Scopes];
        options.BaseAddress = api;
    }

    private async Task ColdStartAsync(CognitoEmulator cognito, Callers callers)
    {
        Report.Say("\n1. Cold start: 1,000 calls at once, no token yet, a token endpoint that takes 50 ms.");
        cognito.Faults.Set(_endpoint, EmulatorFault.Slow(TimeSpan.FromMilliseconds(50)));

        await callers.BurstAsync(1000);

        report.Cold = cognito.TokenRequests.Total;
        report.Expect(report.Cold == 1, "they shared one token request");
    }

    private async Task RenewalAsync(CognitoEmulator cognito, EmulatedAppClient appClient, Callers callers, MeterCount waits)
    {
        Report.Say($"\n2. Renewal: steady calls while the token, which lives {_firstLifetime.TotalSeconds} s, is replaced; the endpoint takes 50 ms.");
        appClient.AccessTokenValidity = _secondLifetime;
        var (requests, issued, waited) = (cognito.TokenRequests.Total, cognito.TokenRequests.IssuedTokens, waits.Value);

        var renewed = await callers.CallUntilAsync(() => cognito.TokenRequests.IssuedTokens > issued, _firstLifetime * 2);

        report.Renewal = cognito.TokenRequests.Total - requests;
        report.BlockedAtRenewal = waits.Value - waited;
        report.Expect(renewed && report.Renewal == 1, "one token request renewed it");
        report.Expect(report.BlockedAtRenewal == 0, "no caller waited for it");
    }

    private async Task OutageAsync(CognitoEmulator cognito, Callers callers, ICognitoTokenProvider provider, EmulatedAppClient appClient)
    {
        Report.Say("\n3. Outage: the token endpoint answers 503 while the next renewal is due.");
        cognito.Faults.Set(_endpoint, EmulatorFault.Status(503));
        var (requests, failures) = (cognito.TokenRequests.Total, report.ApiFailures);

        var tried = await callers.CallUntilAsync(() => cognito.TokenRequests.Total > requests, _secondLifetime);
        await callers.BurstAsync(20);

        report.Expect(tried && report.ApiFailures == failures, "calls went on with the token at hand");

        cognito.Faults.Clear();
        appClient.AccessTokenValidity = TimeSpan.FromHours(1);
        await RecoverAsync(provider);
        report.Outage = cognito.TokenRequests.Total - requests;
        report.Expect(report.Outage is >= 2 and <= 4, $"Cognito was left alone in between, and there is a new token now ({report.Outage} requests in all)");
    }

    // Nobody calls until a new token is there: these short tokens cannot outlive the back-off, an hour's token would.
    private static async Task RecoverAsync(ICognitoTokenProvider provider)
    {
        var lastsUntil = TimeProvider.System.GetUtcNow() + _secondLifetime;
        while (true)
        {
            try
            {
                if ((await provider.GetTokenAsync("orders")).ExpiresAt > lastsUntil)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
            catch (CognitoTokenException failure) when (failure is { IsTransient: true, RetryAfter: { } pause })
            {
                await Task.Delay(pause, TimeProvider.System);
            }
        }
    }

    private async Task KeyRotationAsync(
        CognitoEmulator cognito, EmulatedUserPool pool, AppClientCredentials credentials, SampleApi api, Callers callers)
    {
        Report.Say("\n4. Key rotation: the key that signed the token is withdrawn; a newcomer brings a token of the new one.");
        pool.RotateSigningKey(withdrawOldKeys: true);
        report.Expect(await NewcomerIsAcceptedAsync(cognito, credentials, api), "the API took the new key without a restart, and now holds no other");

        var (requests, answers401) = (cognito.TokenRequests.Total, api.Answers401);
        var rejected = await callers.CallUntilAsync(() => api.Answers401 > answers401, TimeSpan.FromSeconds(3));
        await callers.BurstAsync(100);

        report.Rejected = cognito.TokenRequests.Total - requests;
        report.Expect(rejected && report.Rejected == 1, "it answered 401 to the old token; one token request replaced that, and the rejected calls were sent again");
    }

    /// <summary>A second process of the same service, say: it has a cache of its own, and no container.</summary>
    private async Task<bool> NewcomerIsAcceptedAsync(CognitoEmulator cognito, AppClientCredentials credentials, SampleApi api)
    {
        var options = new CognitoM2MClientOptions();
        Configure(options, cognito, credentials, credentials.ClientSecret, api.Address);
        using var newcomer = new CognitoM2MClient(options);
        using var client = newcomer.CreateHttpClient();
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
        return response.IsSuccessStatusCode;
    }

    private async Task WrongSecretAsync(ServiceProvider services, SampleApi api)
    {
        Report.Say("\n5. Wrong secret: what the person who configured it gets to read.");
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("wrong");
        var apiRequests = api.Requests;
        try
        {
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
        }
        catch (CognitoTokenException failure)
        {
            Report.Say($"    {failure.Message}");
            (report.WrongSecretError, report.WrongSecretHint) = (failure.Error, failure.Hint);
        }

        report.Expect(
            report.WrongSecretError is "invalid_client" or "NotAuthorizedException" && api.Requests == apiRequests,
            "the call failed before it reached the API");
    }
}
