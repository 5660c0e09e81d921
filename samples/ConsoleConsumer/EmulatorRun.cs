using CognitoM2M;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.DependencyInjection;

namespace ConsoleConsumer;

/// <summary>The main job from start to end on the emulator, with an outage, a key rotation and a wrong secret. Uses real HTTP and real time.</summary>
internal sealed class EmulatorRun(Report report, CognitoTokenRoute route)
{
    // Long enough that a renewal at 85 % of the lifetime ends before 90 %, and short enough to watch.
    private static readonly TimeSpan _firstLifetime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _secondLifetime = TimeSpan.FromSeconds(5);

    private readonly EmulatorEndpoint _endpoint = route == CognitoTokenRoute.OAuth2 ? EmulatorEndpoint.Token : EmulatorEndpoint.GetClientToken;

    public async Task RunAsync()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        Report.Say($"The emulator runs at {cognito.BaseAddress}.");
        var (pool, appClient, credentials) = await Setup.ProvisionAsync(cognito, route);
        // Cognito's shortest lifetime is five minutes. The emulator accepts shorter ones.
        appClient.AccessTokenValidity = _firstLifetime;

        await using var api = await SampleApi.StartAsync("orders/read", options =>
        {
            options.UserPoolId = pool.Id;
            options.ClientIds = [credentials.ClientId];
            options.JwksUri = pool.JwksUri;
            // Tokens hold whole seconds, so a token may seem to expire one second early. That matters for a token of five seconds.
            options.Verification.ClockTolerance = TimeSpan.FromSeconds(1);
        });
        await using var services = CreateServices(cognito, credentials, api.Address);
        using var waits = new MeterCount(CognitoM2MDiagnostics.TokenWaits);
        var callers = new Callers(report, () => services.GetRequiredService<IHttpClientFactory>().CreateClient("orders"));

        await ColdStartAsync(cognito, callers);
        await RenewalAsync(cognito, appClient, callers, waits);
        await OutageAsync(cognito, callers, services.GetRequiredService<ICognitoTokenProvider>(), appClient);
        await KeyRotationAsync(cognito, pool, credentials, api, callers);
        await WrongSecretAsync(services, api);
        report.Expect(report.ApiFailures == 0, "no API call failed");
    }

    private ServiceProvider CreateServices(CognitoEmulator cognito, AppClientCredentials credentials, Uri api)
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
        Report.Say("\n1. Cold start: 1,000 calls at the same time, without a token. The token endpoint takes 50 ms.");
        cognito.Faults.Set(_endpoint, EmulatorFault.Slow(TimeSpan.FromMilliseconds(50)));

        await callers.BurstAsync(1000);

        report.Cold = cognito.TokenRequests.Total;
        report.Expect(report.Cold == 1, "the calls shared one token request");
    }

    private async Task RenewalAsync(CognitoEmulator cognito, EmulatedAppClient appClient, Callers callers, MeterCount waits)
    {
        Report.Say($"\n2. Renewal: calls go on while the token, valid for {_firstLifetime.TotalSeconds} s, is renewed. The token endpoint takes 50 ms.");
        appClient.AccessTokenValidity = _secondLifetime;
        var (requests, issued, waited) = (cognito.TokenRequests.Total, cognito.TokenRequests.IssuedTokens, waits.Value);

        var renewed = await callers.CallUntilAsync(() => cognito.TokenRequests.IssuedTokens > issued, _firstLifetime * 2);

        report.Renewal = cognito.TokenRequests.Total - requests;
        report.BlockedAtRenewal = waits.Value - waited;
        report.Expect(renewed && report.Renewal == 1, "one token request renewed the token");
        report.Expect(report.BlockedAtRenewal == 0, "no caller waited for the renewal");
    }

    private async Task OutageAsync(CognitoEmulator cognito, Callers callers, ICognitoTokenProvider provider, EmulatedAppClient appClient)
    {
        Report.Say("\n3. Outage: the token endpoint answers 503 when the next renewal is due.");
        cognito.Faults.Set(_endpoint, EmulatorFault.Status(503));
        var (requests, failures) = (cognito.TokenRequests.Total, report.ApiFailures);

        var tried = await callers.CallUntilAsync(() => cognito.TokenRequests.Total > requests, _secondLifetime);
        await callers.BurstAsync(20);

        report.Expect(tried && report.ApiFailures == failures, "calls went on with the current token");

        cognito.Faults.Clear();
        appClient.AccessTokenValidity = TimeSpan.FromHours(1);
        await Recovery.WaitAsync(provider, _secondLifetime);
        report.Outage = cognito.TokenRequests.Total - requests;
        report.Expect(report.Outage is >= 2 and <= 4, $"few token requests were made during the outage, and there is a new token after it ({report.Outage} requests in total)");
    }

    private async Task KeyRotationAsync(
        CognitoEmulator cognito, EmulatedUserPool pool, AppClientCredentials credentials, SampleApi api, Callers callers)
    {
        Report.Say("\n4. Key rotation: the key that signed the token is withdrawn. A second process calls with a token signed by the new key.");
        pool.RotateSigningKey(withdrawOldKeys: true);
        report.Expect(await CallFromSecondProcessAsync(cognito, credentials, api), "the API accepted the new key without a restart");

        var (requests, answers401) = (cognito.TokenRequests.Total, api.Answers401);
        var rejected = await callers.CallUntilAsync(() => api.Answers401 > answers401, TimeSpan.FromSeconds(3));
        await callers.BurstAsync(100);

        report.Rejected = cognito.TokenRequests.Total - requests;
        report.Expect(rejected && report.Rejected == 1, "the API answered 401 to the old token, one token request replaced the token, and the rejected calls were sent again");
    }

    /// <summary>Calls as a second process of the same service would: with its own token cache, here without a container.</summary>
    private async Task<bool> CallFromSecondProcessAsync(CognitoEmulator cognito, AppClientCredentials credentials, SampleApi api)
    {
        var options = new CognitoM2MClientOptions();
        Configure(options, cognito, credentials, credentials.ClientSecret, api.Address);
        using var secondProcess = new CognitoM2MClient(options);
        using var client = secondProcess.CreateHttpClient();
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
        return response.IsSuccessStatusCode;
    }

    private async Task WrongSecretAsync(ServiceProvider services, SampleApi api)
    {
        Report.Say("\n5. Wrong secret: the call fails with this message.");
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
            "the call failed before the API was called");
    }
}
