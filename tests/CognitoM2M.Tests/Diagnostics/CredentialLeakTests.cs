using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Diagnostics;

/// <summary>Runs every path with a marked secret and marked tokens, records all output, and searches the output for the marks.</summary>
[Collection(ProcessWideMeasurements.Name)]
public sealed class CredentialLeakTests
{
    private const string TokenMark = "mark-of-a-token";
    private const string PasswordMark = "mark-of-a-Password1";

    private static readonly string _secretHash = SecretHash.Compute(StubbedService.Secret, StubbedUser.Username, "abc123");
    private static readonly string _basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"abc123:{StubbedService.Secret}"));

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, CognitoClientAuthentication.ClientSecretBasic)]
    [InlineData(CognitoTokenRoute.OAuth2, CognitoClientAuthentication.ClientSecretPost)]
    [InlineData(CognitoTokenRoute.GetClientToken, CognitoClientAuthentication.ClientSecretBasic)]
    [InlineData(CognitoTokenRoute.UserPassword, CognitoClientAuthentication.ClientSecretBasic)]
    public async Task Tokens_and_secrets_appear_in_no_log_trace_metric_or_exception(CognitoTokenRoute route, CognitoClientAuthentication authentication)
    {
        var output = new ConcurrentQueue<string>();
        var log = new LogRecorder();
        using var activities = ListenToActivities(output);
        using var meters = ListenToMeters(output);

        foreach (var answer in CreateResponses(route))
        {
            await using var service = new StubbedService(
                options =>
                {
                    options.Domain = null;
                    options.TokenEndpoint = new Uri(StubbedService.TokenEndpoint);
                    options.Route = route;
                    options.ClientAuthentication = authentication;
                    options.FirstFetchAttempts = 2;
                    if (route == CognitoTokenRoute.UserPassword)
                        UseUser(options);
                },
                services =>
                {
                    services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
                    // A developer has switched off the redaction of headers.
                    services.ConfigureAll<HttpClientFactoryOptions>(options => options.ShouldRedactHeaderValue = _ => false);
                });
            // Each answer comes after a sign-in, too, so that it also meets a refresh token.
            service.OnTokenRequest = (number, _) => Task.FromResult(number == 1 && route == CognitoTokenRoute.UserPassword ? SignIn() : answer());
            foreach (var line in await UseEveryPathAsync(service))
                output.Enqueue(line);
        }

        var lines = log.Lines.Concat(output).ToList();
        Assert.True(log.Lines.Count > 100);
        Assert.Contains(output, line => line.StartsWith(CognitoM2MDiagnostics.TokenRequests, StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("cognito_m2m.acquire_token", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("abc123", StringComparison.Ordinal));
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain(StubbedService.Secret, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(_basic, line, StringComparison.Ordinal);
            Assert.DoesNotContain(_secretHash, line, StringComparison.Ordinal);
            Assert.DoesNotContain(PasswordMark, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(TokenMark, line, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static IEnumerable<Func<HttpResponseMessage>> CreateResponses(CognitoTokenRoute route)
    {
        yield return () => route == CognitoTokenRoute.OAuth2
            ? StubbedResponse.CreateToken(TokenMark)
            : route == CognitoTokenRoute.UserPassword ? SignIn()
            : StubbedResponse.CreateJson($$$"""{"ClientAuthenticationResult":{"AccessToken":"{{{TokenMark}}}","ExpiresIn":3600,"TokenType":"Bearer"}}""");
        yield return () => StubbedResponse.CreateJson($$"""{"access_token":"{{TokenMark}}","expires_in":"no","token_type":"Bearer"}""");
        yield return () => StubbedResponse.CreateJson($$"""{"access_token":"{{TokenMark}}","expires_in":1,"token_type":"{{TokenMark}}"}""");
        yield return () => StubbedResponse.CreateJson($$"""{"error":"{{StubbedService.Secret}}"}""", HttpStatusCode.BadRequest);
        yield return () => StubbedResponse.CreateJson($$"""{"error":"invalid_client","error_description":"{{StubbedService.Secret}} {{TokenMark}}"}""", HttpStatusCode.BadRequest);
        yield return () => StubbedResponse.CreateJson($$"""{"__type":"NotAuthorizedException","message":"{{StubbedService.Secret}}"}""", HttpStatusCode.BadRequest);
        yield return () => StubbedResponse.CreateJson($$"""{"__type":"{{PasswordMark}}","message":"{{TokenMark}}"}""", HttpStatusCode.BadRequest);
        yield return () => StubbedResponse.CreateJson($$$"""{"ChallengeName":"{{{PasswordMark}}}","Session":"{{{TokenMark}}}","ChallengeParameters":{"x":"{{{PasswordMark}}}"}}""");
        yield return () => StubbedResponse.CreateJson($$$"""{"AuthenticationResult":{"AccessToken":"{{{TokenMark}}}","IdToken":"{{{TokenMark}}} ","RefreshToken":"{{{TokenMark}}} ","ExpiresIn":3600,"TokenType":"{{{PasswordMark}}}"}}""");
        yield return () => StubbedResponse.CreateJson($"{StubbedService.Secret} {TokenMark} {PasswordMark}", HttpStatusCode.InternalServerError);
        yield return () => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri($"https://x.example/?secret={StubbedService.Secret}") } };
        yield return () => throw new HttpRequestException("connection reset");
        yield return () => throw new InvalidOperationException("from a handler of the user");
    }

    private static HttpResponseMessage SignIn() => StubbedUser.GiveTokens(TokenMark, TokenMark + "-id", TokenMark + "-refresh");

    private static void UseUser(CognitoM2MClientOptions options)
    {
        StubbedUser.UseUser(options);
        options.Password = PasswordMark;
        options.ClientSecret = StubbedService.Secret;
        options.RevokeRefreshTokenOnDispose = true;
    }

    private static async Task<List<string>> UseEveryPathAsync(StubbedService service)
    {
        var output = new List<string>();
        service.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        Func<Task>[] paths =
        [
            () => service.CallApiAsync(),
            () => service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("a/b")),
            () => service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, "https://evil.example/")),
            () => service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }),
        ];

        foreach (var path in paths)
        {
            var run = Record.ExceptionAsync(path);
            var error = await service.Clock.RunAsync(run!, skip: StubbedService.PauseBetweenAttempts);
            output.Add(error?.ToString() ?? "");
            if (error is CognitoTokenException failure)
                output.Add($"{failure.Error} {failure.Hint} {string.Join(' ', failure.Data.Values.Cast<object>())}");
            service.Clock.Advance(TimeSpan.FromMinutes(55));
        }

        var options = new CognitoM2MClientOptions { ClientSecret = StubbedService.Secret, ClientId = "abc123", Username = StubbedUser.Username, Password = PasswordMark };
        output.Add($"{options}");
        output.Add(JsonSerializer.Serialize(options));
        output.Add($"{service.Entry}");
        var client = service.Services.GetRequiredService<CachingTokenProvider>().GetClient("orders");
        output.Add(client.Current.Settings.CreateKey(null).ToString());
        if (await Record.ExceptionAsync(async () => output.AddRange(ShowToken(await service.Provider.GetTokenAsync("orders")))) is { } last)
            output.Add(last.ToString());
        return output;
    }

    // The text that a debugger or a serializer shows of a token.
    private static IEnumerable<string> ShowToken(CognitoAccessToken token) =>
    [
        token.ToString(),
        JsonSerializer.Serialize(token),
        string.Join(' ', token.GetType().GetProperties()
            .Where(property => !property.IsDefined(typeof(DebuggerBrowsableAttribute), inherit: false))
            .Select(property => property.GetValue(token)?.ToString())),
    ];

    private static ActivityListener ListenToActivities(ConcurrentQueue<string> output)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is CognitoM2MDiagnostics.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                output.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener ListenToMeters(ConcurrentQueue<string> output)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                // Meters without a scope belong to simulations in other tests, which count millions of calls.
                if (instrument.Meter is not { Name: CognitoM2MDiagnostics.MeterName, Scope: null })
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
        return listener;

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            output.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray())}");
    }
}
