using CognitoM2M;
using CognitoM2M.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace ConsoleConsumer;

/// <summary>The main job with a technical user in place of an app client: sign-in, renewal, outage, rejected token and wrong password. On the emulator, with real HTTP and real time.</summary>
internal sealed class UserPasswordRun(Report report)
{
    private const string Username = "robot";
    private const string Password = "Correct-horse-1";
    private const string Scope = "aws.cognito.signin.user.admin";
    private const string SignIn = "InitiateAuth";
    private const string Refresh = "GetTokensFromRefreshToken";

    // Long enough that a renewal at 85 % of the lifetime ends before 90 %, and short enough to watch.
    private static readonly TimeSpan _firstLifetime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _secondLifetime = TimeSpan.FromSeconds(5);

    public async Task RunAsync()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        Report.Say($"The emulator runs at {cognito.BaseAddress}.");
        var pool = cognito.CreateUserPool("acme");
        var appClient = pool.CreateAppClient("console-consumer", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            // Cognito's shortest lifetime is five minutes. The emulator accepts shorter ones.
            AccessTokenValidity = _firstLifetime,
        });
        pool.CreateUser(Username, Password);

        await using var api = await SampleApi.StartAsync(Scope, options =>
        {
            options.UserPoolId = pool.Id;
            options.ClientIds = [appClient.ClientId];
            options.JwksUri = pool.JwksUri;
            // Tokens hold whole seconds, so a token may seem to expire one second early. That matters for a token of five seconds.
            options.Verification.ClockTolerance = TimeSpan.FromSeconds(1);
        });
        var services = CreateServices(cognito, appClient, api.Address);
        await using (services.ConfigureAwait(false))
        {
            using var waits = new MeterCount(CognitoM2MDiagnostics.TokenWaits);
            var callers = new Callers(report, () => services.GetRequiredService<IHttpClientFactory>().CreateClient("orders"));
            await ColdStartAsync(cognito, callers);
            await RenewalAsync(cognito, appClient, callers, waits);
            await OutageAsync(cognito, appClient, callers, services);
            await RejectedTokenAsync(cognito, pool, callers, api);
            await WrongPasswordAsync(cognito, services, api);
        }

        report.Expect(cognito.JsonApiRequests.Count("RevokeToken") == 1, "at the end the refresh token was revoked");
        report.Expect(report.ApiFailures == 0, "no API call failed");
    }

    private static ServiceProvider CreateServices(CognitoEmulator cognito, EmulatedAppClient appClient, Uri api)
    {
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("orders", options => Configure(options, Password));
        services.AddCognitoM2MClient("wrong", options => Configure(options, "Wrong-horse-1"));
        return services.BuildServiceProvider();

        void Configure(CognitoM2MClientOptions options, string password)
        {
            options.Route = CognitoTokenRoute.UserPassword;
            options.TokenEndpoint = cognito.BaseAddress;
            options.ClientId = appClient.ClientId;
            options.Username = Username;
            options.Password = password;
            options.RevokeRefreshTokenOnDispose = true;
            options.BaseAddress = api;
        }
    }

    private async Task ColdStartAsync(CognitoEmulator cognito, Callers callers)
    {
        Report.Say("\n1. Cold start: 1,000 calls at the same time, without a token. The sign-in takes 50 ms.");
        cognito.Faults.Set(SignIn, EmulatorFault.Slow(TimeSpan.FromMilliseconds(50)));

        await callers.BurstAsync(1000);

        report.Cold = cognito.JsonApiRequests.Total;
        report.Expect(report.Cold == 1 && cognito.JsonApiRequests.Count(SignIn) == 1, "the calls shared one sign-in");
    }

    private async Task RenewalAsync(CognitoEmulator cognito, EmulatedAppClient appClient, Callers callers, MeterCount waits)
    {
        Report.Say($"\n2. Renewal: calls go on while the token, valid for {_firstLifetime.TotalSeconds} s, is renewed. The request takes 50 ms.");
        cognito.Faults.Set(Refresh, EmulatorFault.Slow(TimeSpan.FromMilliseconds(50)));
        appClient.AccessTokenValidity = _secondLifetime;
        var waited = waits.Value;

        // The emulator counts a request when the request arrives. The new token is in use one call later.
        var renewed = await callers.CallUntilAsync(() => cognito.JsonApiRequests.Count(Refresh) > 0, _firstLifetime * 2);

        report.Renewal = cognito.JsonApiRequests.Count(Refresh);
        report.BlockedAtRenewal = waits.Value - waited;
        report.Expect(renewed && report.Renewal == 1, "one request with the refresh token renewed the token");
        report.Expect(cognito.JsonApiRequests.Count(SignIn) == 1, "the password was not sent again");
        report.Expect(report.BlockedAtRenewal == 0, "no caller waited for the renewal");
    }

    private async Task OutageAsync(CognitoEmulator cognito, EmulatedAppClient appClient, Callers callers, IServiceProvider services)
    {
        Report.Say("\n3. Outage: Cognito answers 503 when the next renewal is due.");
        cognito.Faults.Set(Refresh, EmulatorFault.Status(503));
        cognito.Faults.Set(SignIn, EmulatorFault.Status(503));
        var (requests, failures) = (cognito.JsonApiRequests.Total, report.ApiFailures);

        var tried = await callers.CallUntilAsync(() => cognito.JsonApiRequests.Total > requests, _secondLifetime);
        await callers.BurstAsync(20);

        report.Expect(tried && report.ApiFailures == failures, "calls went on with the current token");

        cognito.Faults.Clear();
        appClient.AccessTokenValidity = TimeSpan.FromHours(1);
        await Recovery.WaitAsync(services.GetRequiredService<ICognitoTokenProvider>(), _secondLifetime);
        report.Outage = cognito.JsonApiRequests.Total - requests;
        report.Expect(report.Outage is >= 2 and <= 4, $"few requests were made during the outage, and there is a new token after it ({report.Outage} requests in total)");
        report.Expect(cognito.JsonApiRequests.Count(SignIn) == 1, "the refresh token outlived the outage: the password was not sent again");
    }

    private async Task RejectedTokenAsync(CognitoEmulator cognito, EmulatedUserPool pool, Callers callers, SampleApi api)
    {
        Report.Say("\n4. Rejected token: the key that signed the token is withdrawn, and the API does not know it any longer.");
        pool.RotateSigningKey(withdrawOldKeys: true);
        await CallWithNewKeyAsync(cognito, pool, api);
        var (requests, answers401) = (cognito.JsonApiRequests.Count(Refresh), api.Answers401);
        var rejected = await callers.CallUntilAsync(() => api.Answers401 > answers401, TimeSpan.FromSeconds(3));
        await callers.BurstAsync(100);

        report.Rejected = cognito.JsonApiRequests.Count(Refresh) - requests;
        report.Expect(rejected && report.Rejected == 1, "the API answered 401 to the old token, one request replaced it, and the rejected calls were sent again");
        report.Expect(cognito.JsonApiRequests.Count(SignIn) == 2, "the second process signed in once, and this one not again");
    }

    /// <summary>Calls as a second process does, so that the API sees the new key and drops the old one.</summary>
    private static async Task CallWithNewKeyAsync(CognitoEmulator cognito, EmulatedUserPool pool, SampleApi api)
    {
        await using var secondProcess = new CognitoM2MClient(new CognitoM2MClientOptions
        {
            Route = CognitoTokenRoute.UserPassword,
            TokenEndpoint = cognito.BaseAddress,
            ClientId = pool.AppClients.Single().ClientId,
            Username = Username,
            Password = Password,
            BaseAddress = api.Address,
        });
        using var client = secondProcess.CreateHttpClient();
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
    }

    private async Task WrongPasswordAsync(CognitoEmulator cognito, IServiceProvider services, SampleApi api)
    {
        Report.Say("\n5. Wrong password: 100 calls fail with this message.");
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("wrong");
        var (apiRequests, signIns) = (api.Requests, cognito.JsonApiRequests.Count(SignIn));
        for (var call = 0; call < 100; call++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            }
            catch (CognitoTokenException failure)
            {
                (report.WrongSecretError, report.WrongSecretHint) = (failure.Error, failure.Hint);
            }
        }

        Report.Say($"    {report.WrongSecretHint}");
        report.Expect(report.WrongSecretError == "NotAuthorizedException" && api.Requests == apiRequests, "the calls failed before the API was called");
        report.Expect(cognito.JsonApiRequests.Count(SignIn) == signIns + 1, "the wrong password was sent once");
        report.Expect(await CanSignInAsync(cognito, services), "the user is not locked out");
    }

    // A new token for the client whose password is right.
    private static async Task<bool> CanSignInAsync(CognitoEmulator cognito, IServiceProvider services)
    {
        cognito.UserPools.Single().FindUser(Username)!.SignOut();
        var before = cognito.JsonApiRequests.Count(SignIn);
        await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders", new CognitoTokenRequest { ForceRefresh = true });
        return cognito.JsonApiRequests.Count(SignIn) == before + 1;
    }
}
