using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>A filter of others replaces the primary handler of every HttpClient by one that follows redirects, and the token endpoint redirects.</summary>
public sealed class TokenRedirectTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _received = new();
    private WebApplication _server = null!;

    private Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapPost("/oauth2/token", () => Results.Redirect("/elsewhere", permanent: false, preserveMethod: true));
        _server.MapPost("/elsewhere", async (HttpRequest request) =>
        {
            _received.Enqueue($"{request.Headers.Authorization} {await new StreamReader(request.Body).ReadToEndAsync()}");
            return Results.Json(new { access_token = "stolen", expires_in = 3600, token_type = "Bearer" });
        });
        await _server.StartAsync();
    }

    [Theory]
    [InlineData(CognitoClientAuthentication.ClientSecretPost, "filter")]
    [InlineData(CognitoClientAuthentication.ClientSecretBasic, "filter")]
    [InlineData(CognitoClientAuthentication.ClientSecretPost, "defaults")]
    [InlineData(CognitoClientAuthentication.ClientSecretPost, "primary handler of the user")]
    public async Task Client_secret_is_not_sent_to_the_target_of_a_redirect(CognitoClientAuthentication authentication, string replacedBy)
    {
        await using var service = await CallingService.StartAsync((builder, _) =>
        {
            if (replacedBy == "filter")
                builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter, FollowingFilter>();
            else if (replacedBy == "defaults")
                builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(CreateHandler));
            else
                builder.Services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(CreateHandler);
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            builder.Services.Configure<CognitoM2MClientOptions>("orders", options =>
            {
                (options.TokenEndpoint, options.ClientAuthentication) = (new Uri(Address, "oauth2/token"), authentication);
                options.FirstFetchAttempts = 1;
            });
        });

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await service.Provider.GetTokenAsync("orders"));

        var secret = service.Cognito.UserPools[0].AppClients[0].ClientSecret!;
        Assert.Equal(HttpStatusCode.TemporaryRedirect, failure.TokenEndpointStatusCode);
        Assert.DoesNotContain(_received, request => request.Contains(secret, StringComparison.Ordinal) || request.StartsWith("Basic", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private static SocketsHttpHandler CreateHandler() => new() { AllowAutoRedirect = true };

    private sealed class FollowingFilter : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = CreateHandler();
        };
    }
}
