using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>A redirect never sends the client secret to another address, whatever handler the user sends token requests through. Real connections to loopback.</summary>
public sealed class RedirectTests : IAsyncDisposable
{
    private const string Secret = "marker1secret2of3the4redirect5tests";

    private readonly LoopbackServer _elsewhere = new((_, response) => Answer(response, """{"access_token":"stolen","expires_in":3600,"token_type":"Bearer"}"""));
    private readonly LoopbackServer _cognito;
    private int _redirectWith;

    public RedirectTests() => _cognito = new LoopbackServer((request, response) =>
    {
        if (_redirectWith == 0 || request.Path == "/warm")
            return Answer(response, """{"access_token":"good","expires_in":3600,"token_type":"Bearer"}""");

        response.StatusCode = _redirectWith;
        response.AddHeader("Location", $"{_elsewhere.Address}oauth2/token");
        return "";
    });

    public static TheoryData<int, CognitoClientAuthentication, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, CognitoClientAuthentication, string, bool>();
            foreach (var status in new[] { 301, 302, 303, 307, 308 })
            {
                foreach (var authentication in Enum.GetValues<CognitoClientAuthentication>())
                {
                    foreach (var handler in new[] { nameof(SocketsHttpHandler), nameof(HttpClientHandler) })
                    {
                        cases.Add(status, authentication, handler, true);
                        cases.Add(status, authentication, handler, false);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Handler_of_the_user_takes_no_secret_to_another_address(int status, CognitoClientAuthentication authentication, string kind, bool isUsedBefore)
    {
        _redirectWith = status;
        using HttpMessageHandler handler = kind == nameof(SocketsHttpHandler) ? new SocketsHttpHandler() : new HttpClientHandler();
        if (isUsedBefore)
            await WarmAsync(handler);
        await using var services = CreateServices(handler, authentication);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await GetTokenAsync(services));

        Assert.Contains("responded with a redirect", failure.Message, StringComparison.Ordinal);
        Assert.All(_elsewhere.Requests, request => Assert.True(
            request.Authorization is null && !request.Body.Contains(Secret, StringComparison.Ordinal), "The secret went to another address."));
    }

    [Fact]
    public async Task Body_is_sent_without_waiting_for_the_consent_of_the_server()
    {
        var expectations = new List<bool>();
        using var handler = new InlineHandler((request, _) =>
        {
            expectations.Add(request.Headers.NonValidated.Contains("Expect"));
            return Task.FromResult(StubbedResponse.CreateToken("good"));
        });
        await using var services = CreateServices(handler, configureHttp: http => http.DefaultRequestHeaders.ExpectContinue = true);

        Assert.Equal("good", await GetTokenAsync(services));

        // Otherwise a redirect could come first, and the body would go to its target.
        Assert.Equal([false], expectations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_that_all_clients_share_gets_tokens_and_is_not_changed(bool isUsedBefore)
    {
        using var shared = new SocketsHttpHandler();
        if (isUsedBefore)
            await WarmAsync(shared);
        await using var services = CreateServices(shared);

        Assert.Equal("good", await GetTokenAsync(services));
        Assert.True(shared.AllowAutoRedirect);
        Assert.True(shared.UseCookies);

        // The container does not dispose the handler of the user.
        await services.DisposeAsync();
        await WarmAsync(shared);
    }

    [Fact]
    public async Task Client_without_a_container_takes_a_handler_that_has_sent_requests_before()
    {
        using var shared = new SocketsHttpHandler();
        await WarmAsync(shared);
        using var client = new CognitoM2MClient(CreateOptions(CognitoClientAuthentication.ClientSecretPost), tokenEndpointHandler: shared);

        Assert.Equal("good", (await client.GetTokenAsync()).Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrapped_handler_that_follows_redirects_is_an_error_that_says_what_to_do(bool isUsedBefore)
    {
        using var shared = new SocketsHttpHandler();
        if (isUsedBefore)
            await WarmAsync(shared);
        using var wrapper = new BufferingHandler(shared);
        await using var services = CreateServices(wrapper);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await GetTokenAsync(services));

        Assert.Contains("A redirect could send the client secret to another address.", failure.InnerException!.InnerException!.Message, StringComparison.Ordinal);
        Assert.Contains("Set AllowAutoRedirect to false", failure.InnerException!.InnerException!.Message, StringComparison.Ordinal);
        Assert.True(shared.AllowAutoRedirect);
        var startup = Assert.Single(services.GetServices<IHostedService>().OfType<IHostedLifecycleService>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => startup.StartingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Wrapped_handler_without_redirects_is_used()
    {
        using var shared = new SocketsHttpHandler { AllowAutoRedirect = false };
        await WarmAsync(shared);
        using var wrapper = new BufferingHandler(shared);
        await using var services = CreateServices(wrapper);

        Assert.Equal("good", await GetTokenAsync(services));
    }

    [Fact]
    public async Task Handler_of_the_user_may_send_token_requests_to_another_address()
    {
        using var gateway = new RewritingHandler(_cognito.Address);
        await using var services = CreateServices(gateway, endpoint: new Uri("https://auth.example.com/oauth2/token"));

        Assert.Equal("good", await GetTokenAsync(services));
    }

    public async ValueTask DisposeAsync()
    {
        await _cognito.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    private static string Answer(HttpListenerResponse response, string json)
    {
        response.ContentType = "application/json";
        return json;
    }

    private static async Task<string> GetTokenAsync(IServiceProvider services) =>
        (await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders")).Value;

    private async Task WarmAsync(HttpMessageHandler handler)
    {
        using var http = new HttpClient(handler, disposeHandler: false);
        await http.GetStringAsync(new Uri(_cognito.Address, "warm"));
    }

    private ServiceProvider CreateServices(
        HttpMessageHandler handler, CognitoClientAuthentication authentication = CognitoClientAuthentication.ClientSecretPost, Uri? endpoint = null,
        Action<HttpClient>? configureHttp = null)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName, configureHttp ?? (_ => { })).ConfigurePrimaryHttpMessageHandler(() => handler);
        services.AddCognitoM2MClient("orders", options =>
        {
            var given = CreateOptions(authentication);
            (options.ClientId, options.ClientSecret, options.FirstFetchAttempts) = (given.ClientId, given.ClientSecret, 1);
            (options.TokenEndpoint, options.ClientAuthentication) = (endpoint ?? given.TokenEndpoint, authentication);
        });
        return services.BuildServiceProvider();
    }

    private CognitoM2MClientOptions CreateOptions(CognitoClientAuthentication authentication) => new()
    {
        TokenEndpoint = new Uri(_cognito.Address, "oauth2/token"),
        ClientId = "abc123",
        ClientSecret = Secret,
        ClientAuthentication = authentication,
    };

    /// <summary>Keeps the body of each request in memory, as a logger of bodies does.</summary>
    private sealed class BufferingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.LoadIntoBufferAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class RewritingHandler(Uri address) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
