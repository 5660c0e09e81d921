using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.Cache;
using CognitoM2M.Testing;
using Microsoft.Extensions.DependencyInjection;
using RichardSzalay.MockHttp;

namespace CognitoM2M.Tests.Support;

/// <summary>
/// A service with one app client, "orders", that calls a stubbed Cognito and a stubbed API. The test moves the clock.
/// </summary>
internal sealed class StubbedService : IAsyncDisposable
{
    public const string Secret = "marker1secret2of3the4orders5client";
    public const string TokenEndpoint = "https://acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token";

    /// <summary>Longer than the pauses between the attempts of one fetch, and shorter than every time-out.</summary>
    public static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(800);

    private readonly Lazy<ServiceProvider> _services;
    private int _tokenRequests;

    public StubbedService(Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null, ManualClock? clock = null)
    {
        Clock = clock ?? new ManualClock();
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => new UndisposedHandler(Cognito));
        collection.AddCognitoM2MClient("orders", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = Secret;
            options.Scopes = ["orders/read"];
            options.BaseAddress = new Uri("https://api.example.com");
            configure?.Invoke(options);
        }).ConfigurePrimaryHttpMessageHandler(() => new UndisposedHandler(Api));
        services?.Invoke(collection);
        _services = new Lazy<ServiceProvider>(() => collection.BuildServiceProvider());

        Cognito.When("*").Respond(AnswerTokenRequestAsync);
        Api.When("*").Respond(AnswerApiCallAsync);
    }

    public ManualClock Clock { get; }

    public MockHttpMessageHandler Cognito { get; } = new();

    public MockHttpMessageHandler Api { get; } = new();

    public IServiceProvider Services => _services.Value;

    /// <summary>Answers a token request, given its number (from 1). By default token-1, token-2 and so on, each valid for an hour.</summary>
    public Func<int, HttpRequestMessage, Task<HttpResponseMessage>> OnTokenRequest { get; set; } = (n, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));

    /// <summary>Answers a call to the API; 200 by default.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage>> OnApiCall { get; set; } = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    public int TokenRequests => Volatile.Read(ref _tokenRequests);

    /// <summary>The Authorization header of each call that reached the API, in order.</summary>
    public ConcurrentQueue<string?> ApiCalls { get; } = new();

    public ICognitoTokenProvider Provider => Services.GetRequiredService<ICognitoTokenProvider>();

    public CachingTokenProvider Clients => Services.GetRequiredService<CachingTokenProvider>();

    /// <summary>The cache entry that calls of "orders" use.</summary>
    public TokenEntry Entry => Clients.GetClient("orders").Current.FindEntry(null);

    public HttpClient CreateHttpClient() => Services.GetRequiredService<IHttpClientFactory>().CreateClient("orders");

    public async Task<string> GetTokenAsync(CognitoTokenRequest? request = null) => (await Provider.GetTokenAsync("orders", request)).Value;

    /// <summary>Asks for a token, expects a failure, and moves the clock past the pauses between attempts.</summary>
    public async Task<CognitoTokenException> FailToGetTokenAsync(CognitoTokenRequest? request = null) =>
        await Clock.RunAsync(Assert.ThrowsAsync<CognitoTokenException>(() => GetTokenAsync(request)), skip: PauseBetweenAttempts);

    /// <summary>Sends a request through the HttpClient of "orders"; GET orders by default.</summary>
    public async Task<HttpStatusCode> CallApiAsync(HttpRequestMessage? request = null)
    {
        using var client = CreateHttpClient();
        using var response = await client.SendAsync(request ?? new HttpRequestMessage(HttpMethod.Get, "orders"));
        return response.StatusCode;
    }

    /// <summary>Waits until no fetch is in flight.</summary>
    public async Task WaitForFetchAsync()
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

    // HttpClientFactory disposes the primary handlers that it creates. The stubs must live as long as the test.
    private sealed class UndisposedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            SendAsync(request, cancellationToken).GetAwaiter().GetResult();

#pragma warning disable CA2215 // The inner handler must not be disposed.
        protected override void Dispose(bool disposing)
#pragma warning restore CA2215
        {
        }
    }
}
