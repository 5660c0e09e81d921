using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Secrets;

/// <summary>Sources of client secrets that need tokens of clients whose secrets come from sources, too. The clock stands still, so no time limit ends a wait.</summary>
public sealed class SecretRingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_sources_that_need_each_others_tokens_fail_at_once_and_the_error_names_both_clients(bool synchronous)
    {
        await using var service = CreateService(("reader", "writer"), ("writer", "reader"), synchronous);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.Provider.GetTokenAsync("reader").AsTask());

        Assert.Equal(("reader", CognitoTokenErrors.SecretUnavailable, false), (failure.ClientName, failure.Error, failure.IsTransient));
        Assert.Equal(
            "No token for client 'reader': secret_unavailable. The sources of client secrets wait for each other: 'writer' -> 'reader' -> 'writer'. "
            + "The source of each client asks for a token of the next, which needs its own secret. Let one of the sources send its requests without that token: "
            + "RemoveCognitoM2MToken() takes the token off an HttpClient.",
            failure.Message);
        Assert.Equal(0, service.TokenRequests);
    }

    [Fact]
    public async Task Calls_of_both_clients_at_the_same_moment_fail_at_once()
    {
        await using var service = CreateService(("reader", "writer"), ("writer", "reader"));

        var calls = new[] { "reader", "writer" }.Select(name => Task.Run(async () => await service.Provider.GetTokenAsync(name))).ToList();

        foreach (var call in calls)
            Assert.Contains("wait for each other", (await Assert.ThrowsAsync<CognitoTokenException>(() => call)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ring_of_three_clients_is_found()
    {
        await using var service = CreateService(("reader", "writer"), ("writer", "owner"), ("owner", "reader"));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.Provider.GetTokenAsync("reader").AsTask());

        Assert.Contains("'owner' -> 'reader' -> 'writer' -> 'owner'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_of_another_client_that_needs_a_ring_fails_at_once_too()
    {
        await using var service = CreateService(("outside", "reader"), ("reader", "writer"), ("writer", "reader"));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.Provider.GetTokenAsync("outside").AsTask());

        Assert.Equal("outside", failure.ClientName);
        Assert.Contains("'writer' -> 'reader' -> 'writer'", failure.Message, StringComparison.Ordinal);
    }

    // At 52 minutes the renewal is due, and calls get the held token at once. In the last seconds of the token, calls first wait a second for a better one.
    [Theory]
    [InlineData(3120)]
    [InlineData(3580)]
    public async Task Held_token_ends_the_ring(int seconds)
    {
        var knowsSecret = true;
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StubbedService? stubbed = null;
        await using var service = stubbed = new StubbedService(services: services =>
        {
            Add(services, "reader", async cancelled =>
            {
                if (knowsSecret)
                    return StubbedService.Secret;
                var token = stubbed!.Provider.GetTokenAsync("writer", cancelled);
                waits.SetResult();
                return (await token).Value;
            });
            Add(services, "writer", async cancelled =>
            {
                await waits.Task;
                return (await stubbed!.Provider.GetTokenAsync("reader", cancelled)).Value;
            });
        });
        await service.Provider.GetTokenAsync("reader");
        knowsSecret = false;

        // The renewal of the token of "reader" asks for the secret again, while the former token is still held.
        service.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var reader = service.Provider.GetTokenAsync("reader").AsTask();
        var writer = await service.Clock.RunAsync(service.Provider.GetTokenAsync("writer").AsTask(), skip: TimeSpan.FromSeconds(1));

        Assert.StartsWith("token-", writer.Value, StringComparison.Ordinal);
        Assert.StartsWith("token-", (await reader).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_gets_neither_the_ending_token_of_its_own_client_nor_a_replacement_for_it()
    {
        CognitoAccessToken? held = null;
        var answers = new List<string>();
        StubbedService? stubbed = null;
        await using var service = stubbed = new StubbedService(services: services => Add(services, "reader", async cancelled =>
        {
            if (held is null)
                return StubbedService.Secret;

            try
            {
                answers.Add((await stubbed!.Provider.GetTokenAsync("reader", cancelled)).Value);
            }
            catch (CognitoTokenException error)
            {
                answers.Add(error.Error);
            }

            answers.Add((await stubbed!.Provider.ReplaceRejectedTokenAsync("reader", held, request: null, cancelled))?.Value ?? "none");
            return StubbedService.Secret;
        }));
        held = await service.Provider.GetTokenAsync("reader");

        // The secret is asked for again with the renewal of the token.
        service.Clock.Advance(TimeSpan.FromSeconds(3580));
        var renewed = await service.Provider.GetTokenAsync("reader");

        Assert.Equal([CognitoTokenErrors.SecretUnavailable, "none"], answers);
        Assert.Equal("token-2", renewed.Value);
    }

    [Fact]
    public async Task Clients_of_equal_names_in_two_providers_do_not_count_as_a_ring()
    {
        await using var vault = new StubbedService();
        await using var service = new StubbedService(
            options => (options.ClientSecret, options.ClientSecretSource) = (null, CognitoSecretSource.From(async (_, cancelled) =>
                (await vault.Provider.GetTokenAsync("orders", cancelled)).Value)));

        Assert.Equal("token-1", await service.GetTokenAsync());
    }

    private static StubbedService CreateService(params (string Client, string Needs)[] clients) => Create(clients, synchronous: false);

    private static StubbedService CreateService((string Client, string Needs) one, (string Client, string Needs) other, bool synchronous) => Create([one, other], synchronous);

    private static StubbedService Create((string Client, string Needs)[] clients, bool synchronous)
    {
        StubbedService? stubbed = null;
        return stubbed = new StubbedService(services: services =>
        {
            foreach (var (client, needs) in clients)
            {
                Add(services, client, async cancelled =>
                {
                    using var http = stubbed!.Services.GetRequiredService<IHttpClientFactory>().CreateClient(needs);
                    using var request = new HttpRequestMessage(HttpMethod.Get, "https://vault.example.com/secret");
                    using var response = synchronous ? http.Send(request, cancelled) : await http.SendAsync(request, cancelled);
                    return StubbedService.Secret;
                });
            }
        });
    }

    private static void Add(IServiceCollection services, string client, Func<CancellationToken, ValueTask<string>> getSecret) =>
        services.AddCognitoM2MClient(client, options =>
        {
            (options.Domain, options.Region, options.ClientId) = ("acme-m2m", "eu-west-1", $"{client}1");
            options.AllowedHosts = ["vault.example.com"];
            options.ClientSecretSource = CognitoSecretSource.From((_, cancelled) => getSecret(cancelled));
        });
}
