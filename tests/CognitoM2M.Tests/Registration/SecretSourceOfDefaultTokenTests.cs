using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Registration;

/// <summary>A secret source that makes calls of its own, while a token is on all clients.</summary>
public sealed class SecretSourceOfDefaultTokenTests
{
    [Fact]
    public async Task Secret_source_sends_its_requests_without_the_token_that_needs_the_secret()
    {
        var requests = new List<string>();
        await using var service = new StubbedService(options => options.AllowedHosts.Add("vault.example.com"), services =>
        {
            // The typed client of the source is made while the options of the client are read.
            services.AddHttpClient<VaultSecretSource>(http => http.BaseAddress = new Uri("https://vault.example.com"))
                .ConfigurePrimaryHttpMessageHandler(() => new EchoHandler(requests));
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
            services.AddOptions<CognitoM2MClientOptions>("orders").Configure<VaultSecretSource>(
                (options, source) => (options.ClientSecret, options.ClientSecretSource) = (null, source));
        });

        Assert.Equal("token-1", await service.GetTokenAsync());
        service.Clock.Advance(TimeSpan.FromMinutes(55));
        await service.GetTokenAsync();
        await service.WaitForFetchAsync();

        // The second request belongs to the renewal, when a token is held.
        Assert.Equal("token-2", await service.GetTokenAsync());
        Assert.Equal(["none", "none"], requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Secret_source_that_asks_for_its_own_token_fails_at_once_and_the_error_says_what_to_do(bool throughHttpClient)
    {
        StubbedService? stubbed = null;
        await using var service = stubbed = new StubbedService(
            options => (options.ClientSecret, options.ClientSecretSource) = (null, CognitoSecretSource.From(async (_, cancellationToken) =>
                throughHttpClient
                    ? await stubbed!.CreateHttpClient().GetStringAsync(new Uri("secret", UriKind.Relative), cancellationToken)
                    : (await stubbed!.Provider.GetTokenAsync("orders", cancellationToken)).Value)));

        // The clock stands still, so no time limit ends a wait.
        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.GetTokenAsync());

        Assert.Equal(CognitoTokenErrors.SecretUnavailable, failure.Error);
        Assert.Contains("RemoveCognitoM2MToken()", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.TokenRequests);
    }

    [Fact]
    public async Task Secret_source_may_use_the_token_of_another_client()
    {
        StubbedService? stubbed = null;
        await using var service = stubbed = new StubbedService(services: services => services.AddCognitoM2MClient("secrets", options =>
        {
            (options.Domain, options.Region, options.ClientId) = ("acme-m2m", "eu-west-1", "secrets1");
            options.ClientSecretSource = CognitoSecretSource.From(async (_, cancellationToken) =>
                $"with-{(await stubbed!.Provider.GetTokenAsync("orders", cancellationToken)).Value}");
        }));

        Assert.Equal("token-2", (await service.Provider.GetTokenAsync("secrets")).Value);
    }

    [Fact]
    public async Task Work_that_a_secret_source_leaves_behind_gets_tokens_when_the_source_has_answered()
    {
        var hasAnswered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string>? left = null;
        StubbedService? stubbed = null;
        await using var service = stubbed = new StubbedService(
            options => (options.ClientSecret, options.ClientSecretSource) = (null, CognitoSecretSource.From((_, _) =>
            {
                left ??= Task.Run(async () =>
                {
                    await hasAnswered.Task;
                    return await stubbed!.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/write"] });
                });
                return new ValueTask<string>(StubbedService.Secret);
            })));

        await service.GetTokenAsync();
        hasAnswered.SetResult();

        Assert.Equal("token-2", await left!);
    }

    private sealed class VaultSecretSource(HttpClient http) : ICognitoSecretSource
    {
        public async ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken)
        {
            await http.GetStringAsync(new Uri("secret", UriKind.Relative), cancellationToken);
            return StubbedService.Secret;
        }
    }
}
