using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CognitoM2M.Cache;
using CognitoM2M.Testing;
using Microsoft.Extensions.DependencyInjection;
using RichardSzalay.MockHttp;

namespace CognitoM2M.Tests.Support;

/// <summary>
/// A service with one app client, "orders", between a stubbed Cognito and a stubbed API, on a clock that the test moves.
/// A request that neither stub expects fails the test.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    public const string Secret = "marker1secret2of3the4orders5client";
    public const string TokenEndpoint = "https://acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token";

    /// <summary>Longer than the pauses within a fetch, shorter than anything a caller waits for.</summary>
    public static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(800);

    private readonly Lazy<ServiceProvider> _services;
    private int _tokenRequests;

    public World(Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null, ManualClock? clock = null)
    {
        Clock = clock ?? new ManualClock();
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => new Unowned(Cognito));
        collection.AddCognitoM2MClient("orders", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = Secret;
            options.Scopes = ["orders/read"];
            options.BaseAddress = new Uri("https://api.example.com");
            configure?.Invoke(options);
        }).ConfigurePrimaryHttpMessageHandler(() => new Unowned(Api));
        services?.Invoke(collection);
        _services = new Lazy<ServiceProvider>(() => collection.BuildServiceProvider());

        Cognito.When("*").Respond(AnswerTokenRequestAsync);
        Api.When("*").Respond(AnswerApiCallAsync);
    }

    public ManualClock Clock { get; }

    public MockHttpMessageHandler Cognito { get; } = new();

    public MockHttpMessageHandler Api { get; } = new();

    public IServiceProvider Services => _services.Value;

    /// <summary>What Cognito answers; the number is that of the request, from 1. By default token number n, for an hour.</summary>
    public Func<int, HttpRequestMessage, Task<HttpResponseMessage>> OnTokenRequest { get; set; } = (n, _) => Task.FromResult(TokenAnswer($"token-{n}"));

    /// <summary>What the API answers; 200 by default.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage>> OnApiCall { get; set; } = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    public int TokenRequests => Volatile.Read(ref _tokenRequests);

    /// <summary>The Authorization header of each call that reached the API, in order.</summary>
    public ConcurrentQueue<string?> ApiCalls { get; } = new();

    public ICognitoTokenProvider Provider => Services.GetRequiredService<ICognitoTokenProvider>();

    public HttpClient Client => Services.GetRequiredService<IHttpClientFactory>().CreateClient("orders");

    public CachingTokenProvider Clients => Services.GetRequiredService<CachingTokenProvider>();

    public TokenEntry Entry => Clients.GetClient("orders").Current.FindEntry(null);

    public static HttpResponseMessage TokenAnswer(string token, long expiresIn = 3600) =>
        Json($$"""{"access_token":"{{token}}","expires_in":{{expiresIn}},"token_type":"Bearer"}""");

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Status(HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent("<html>no</html>", Encoding.UTF8, "text/html") };
        if (retryAfter is { } delay)
            response.Headers.RetryAfter = new(delay);
        return response;
    }

    public async Task<string> GetTokenAsync(CognitoTokenRequest? request = null) => (await Provider.GetTokenAsync("orders", request)).Value;

    public async Task<CognitoTokenException> FailAsync(CognitoTokenRequest? request = null) =>
        await Clock.RunAsync(Assert.ThrowsAsync<CognitoTokenException>(() => GetTokenAsync(request)), skip: PauseBetweenAttempts);

    public async Task<HttpStatusCode> CallAsync(HttpRequestMessage? request = null)
    {
        using var client = Client;
        using var response = await client.SendAsync(request ?? new HttpRequestMessage(HttpMethod.Get, "orders"));
        return response.StatusCode;
    }

    /// <summary>Waits until no fetch is under way.</summary>
    public async Task SettleAsync()
    {
        while (Entry.Fetching is { } fetching)
            await fetching;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services.IsValueCreated)
            await _services.Value.DisposeAsync();
        Cognito.Dispose();
        Api.Dispose();
    }

    private Task<HttpResponseMessage> AnswerTokenRequestAsync(HttpRequestMessage request) =>
        OnTokenRequest(Interlocked.Increment(ref _tokenRequests), request);

    private Task<HttpResponseMessage> AnswerApiCallAsync(HttpRequestMessage request)
    {
        ApiCalls.Enqueue(request.Headers.TryGetValues("Authorization", out var values) ? string.Join("|", values) : null);
        return OnApiCall(request);
    }

    // HttpClientFactory disposes the primary handlers it makes; the stubs live as long as the test.
    private sealed class Unowned(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            SendAsync(request, cancellationToken).GetAwaiter().GetResult();

#pragma warning disable CA2215 // Not passing it on is the point.
        protected override void Dispose(bool disposing)
#pragma warning restore CA2215
        {
        }
    }
}
