using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Diagnostics;

/// <summary>Runs every path with a marked secret and marked tokens, keeps all that comes out, and looks for the marks.</summary>
[Collection(EveryMeter.Name)]
public sealed class LeakTests
{
    private const string TokenMark = "mark-of-a-token";

    private static readonly string _basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"abc123:{World.Secret}"));

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, CognitoClientAuthentication.ClientSecretBasic)]
    [InlineData(CognitoTokenRoute.OAuth2, CognitoClientAuthentication.ClientSecretPost)]
    [InlineData(CognitoTokenRoute.GetClientToken, CognitoClientAuthentication.ClientSecretBasic)]
    public async Task Neither_token_nor_secret_comes_out_anywhere(CognitoTokenRoute route, CognitoClientAuthentication authentication)
    {
        var output = new ConcurrentQueue<string>();
        var log = new Recorder();
        using var activities = Listen(output);
        using var meters = ListenToMeters(output);

        foreach (var answer in Answers(route))
        {
            await using var world = new World(
                options =>
                {
                    options.Domain = null;
                    options.TokenEndpoint = new Uri(World.TokenEndpoint);
                    options.Route = route;
                    options.ClientAuthentication = authentication;
                    options.FirstFetchAttempts = 2;
                },
                services =>
                {
                    services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
                    // Someone debugging asks to see every header.
                    services.ConfigureAll<HttpClientFactoryOptions>(options => options.ShouldRedactHeaderValue = _ => false);
                });
            world.OnTokenRequest = (_, _) => Task.FromResult(answer());
            foreach (var line in await ExerciseAsync(world))
                output.Enqueue(line);
        }

        var lines = log.Lines.Concat(output).ToList();
        Assert.True(log.Lines.Count > 100);
        Assert.Contains(output, line => line.StartsWith(CognitoM2MDiagnostics.TokenRequests, StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("cognito_m2m.acquire_token", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("abc123", StringComparison.Ordinal));
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain(World.Secret, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(_basic, line, StringComparison.Ordinal);
            Assert.DoesNotContain(TokenMark, line, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static IEnumerable<Func<HttpResponseMessage>> Answers(CognitoTokenRoute route)
    {
        yield return () => route == CognitoTokenRoute.OAuth2
            ? World.TokenAnswer(TokenMark)
            : World.Json($$$"""{"ClientAuthenticationResult":{"AccessToken":"{{{TokenMark}}}","ExpiresIn":3600,"TokenType":"Bearer"}}""");
        yield return () => World.Json($$"""{"access_token":"{{TokenMark}}","expires_in":"no","token_type":"Bearer"}""");
        yield return () => World.Json($$"""{"access_token":"{{TokenMark}}","expires_in":1,"token_type":"{{TokenMark}}"}""");
        yield return () => World.Json($$"""{"error":"{{World.Secret}}"}""", HttpStatusCode.BadRequest);
        yield return () => World.Json($$"""{"error":"invalid_client","error_description":"{{World.Secret}} {{TokenMark}}"}""", HttpStatusCode.BadRequest);
        yield return () => World.Json($$"""{"__type":"NotAuthorizedException","message":"{{World.Secret}}"}""", HttpStatusCode.BadRequest);
        yield return () => World.Json($"{World.Secret} {TokenMark}", HttpStatusCode.InternalServerError);
        yield return () => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri($"https://x.example/?secret={World.Secret}") } };
        yield return () => throw new HttpRequestException("connection reset");
        yield return () => throw new InvalidOperationException("a handler of the caller's own");
    }

    private static async Task<List<string>> ExerciseAsync(World world)
    {
        var output = new List<string>();
        world.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        Func<Task>[] paths =
        [
            () => world.CallAsync(),
            () => world.CallAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("a/b")),
            () => world.CallAsync(new HttpRequestMessage(HttpMethod.Get, "https://evil.example/")),
            () => world.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }),
        ];

        foreach (var path in paths)
        {
            var run = Record.ExceptionAsync(path);
            var error = await world.Clock.RunAsync(run!, skip: World.PauseBetweenAttempts);
            output.Add(error?.ToString() ?? "");
            if (error is CognitoTokenException failure)
                output.Add($"{failure.Error} {failure.Hint} {string.Join(' ', failure.Data.Values.Cast<object>())}");
            world.Clock.Advance(TimeSpan.FromMinutes(55));
        }

        var options = new CognitoM2MClientOptions { ClientSecret = World.Secret, ClientId = "abc123" };
        output.Add($"{options}");
        output.Add(JsonSerializer.Serialize(options));
        output.Add($"{world.Entry}");
        var client = world.Services.GetRequiredService<CachingTokenProvider>().GetClient("orders");
        output.Add(client.Current.Settings.CreateKey(null).ToString());
        if (await Record.ExceptionAsync(async () => output.AddRange(Views(await world.Provider.GetTokenAsync("orders")))) is { } last)
            output.Add(last.ToString());
        return output;
    }

    // All that a debugger or a serializer shows without being asked to open a member.
    private static IEnumerable<string> Views(CognitoAccessToken token) =>
    [
        token.ToString(),
        JsonSerializer.Serialize(token),
        string.Join(' ', token.GetType().GetProperties()
            .Where(property => !property.IsDefined(typeof(DebuggerBrowsableAttribute), inherit: false))
            .Select(property => property.GetValue(token)?.ToString())),
    ];

    private static ActivityListener Listen(ConcurrentQueue<string> output)
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
                // Those of no container are of simulations that run beside, which count millions of calls.
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
