using System.Net;
using System.Text;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Secrets;

/// <summary>Client secrets from a file or a delegate, which may change while the service runs.</summary>
public sealed class SecretSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cognito-m2m-").FullName;
    private volatile string _valid = "first1secret";
    private volatile string _alsoValid = "first1secret";

    private string SecretFile => Path.Combine(_folder, "secret");

    [Fact]
    public async Task Secret_is_read_from_the_file_without_the_line_break_at_its_end()
    {
        await File.WriteAllTextAsync(SecretFile, "first1secret\n");
        await using var service = CreateServiceWithFile();

        Assert.Equal("token-1", await service.GetTokenAsync());
    }

    [Fact]
    public async Task Secret_file_is_read_again_when_cognito_refuses_the_old_secret_and_no_call_fails()
    {
        await File.WriteAllTextAsync(SecretFile, "first1secret");
        await using var service = CreateServiceWithFile();
        await service.GetTokenAsync();
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await service.GetTokenAsync();
                await Task.Yield();
            }
        })).ToList();

        for (var rotation = 0; rotation < 20; rotation++)
        {
            // The steps of a rotation: add a second secret, replace the file, delete the first secret.
            var next = $"secret{rotation}";
            _alsoValid = next;
            await File.WriteAllTextAsync(SecretFile + ".new", next);
            File.Move(SecretFile + ".new", SecretFile, overwrite: true);
            _valid = next;
            // Move the clock only while the token is fresh: no fetch is in flight then that could run into its time-out.
            var before = await service.GetTokenAsync();
            service.Clock.Advance(TimeSpan.FromMinutes(52));
            while (await service.GetTokenAsync() == before)
                await service.WaitForFetchAsync();
        }

        await ended.CancelAsync();
        await Task.WhenAll(callers);
        Assert.True(service.TokenRequests > 20);
    }

    [Fact]
    public async Task Changed_symbolic_link_is_followed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "one"), "first1secret");
        await File.WriteAllTextAsync(Path.Combine(_folder, "two"), "second2secret");
        File.CreateSymbolicLink(SecretFile, Path.Combine(_folder, "one"));
        await using var service = CreateServiceWithFile();
        await service.GetTokenAsync();

        File.CreateSymbolicLink(SecretFile + ".new", Path.Combine(_folder, "two"));
        File.Move(SecretFile + ".new", SecretFile, overwrite: true);
        _valid = _alsoValid = "second2secret";

        Assert.NotNull(await service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2)]
    [InlineData(CognitoTokenRoute.GetClientToken)]
    public async Task Source_is_asked_again_only_after_Cognito_refuses_the_secret(CognitoTokenRoute route)
    {
        var asked = 0;
        await using var service = CreateService(
            options => options.ClientSecretSource = CognitoSecretSource.From((client, _) =>
            {
                Assert.Equal("orders", client);
                Interlocked.Increment(ref asked);
                return new ValueTask<string>(_valid);
            }),
            route);
        for (var scope = 0; scope < 20; scope++)
            await service.GetTokenAsync(new CognitoTokenRequest { Scopes = [$"orders/{scope}"] });
        Assert.Equal(1, asked);

        _valid = _alsoValid = "second2secret";
        await service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Failing_source_keeps_the_last_secret_in_use_and_is_logged()
    {
        var log = new LogRecorder();
        var fails = false;
        await using var service = CreateService(
            options => options.ClientSecretSource = CognitoSecretSource.From((_, _) =>
                fails ? throw new InvalidOperationException("throttled") : new ValueTask<string>(_valid)),
            services: services => services.AddLogging(logging => logging.AddProvider(log)));
        await service.GetTokenAsync();

        fails = true;
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        await service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.Single(log.Lines, line => line.StartsWith("Warning 10", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two secrets")]
    [InlineData("secret1\nsecret2")]
    public async Task Invalid_secret_fails_the_call_and_is_not_shown_in_the_error(string secret)
    {
        await using var service = CreateService(options => options.ClientSecretSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(secret)));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.GetTokenAsync());

        Assert.Equal(CognitoTokenErrors.SecretUnavailable, failure.Error);
        Assert.True(failure.IsTransient);
        Assert.True(secret.Length == 0 || !failure.ToString().Contains(secret, StringComparison.Ordinal));
        Assert.Equal(0, service.TokenRequests);
    }

    [Fact]
    public async Task Missing_secret_file_fails_calls_until_the_file_exists()
    {
        await using var service = CreateServiceWithFile();
        Assert.Equal(CognitoTokenErrors.SecretUnavailable, (await Assert.ThrowsAsync<CognitoTokenException>(() => service.GetTokenAsync())).Error);

        await File.WriteAllTextAsync(SecretFile, "first1secret");
        service.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("token-1", await service.GetTokenAsync());
    }

    [Fact]
    public async Task Hanging_source_is_abandoned_after_the_attempt_time_out() =>
        await AssertAbandonedAsync((_, _) => new ValueTask<string>(new TaskCompletionSource<string>().Task));

    [Fact]
    public async Task Source_that_blocks_its_thread_is_abandoned_after_the_attempt_time_out()
    {
        using var blocks = new ManualResetEventSlim();
        await AssertAbandonedAsync((_, _) =>
        {
            blocks.Wait(CancellationToken.None);
            return new ValueTask<string>("late");
        });
        blocks.Set();
    }

    [Fact]
    public async Task Source_that_throws_from_its_cancellation_callback_is_abandoned_after_the_attempt_time_out() =>
        await AssertAbandonedAsync((_, cancellationToken) =>
        {
            cancellationToken.UnsafeRegister(_ => throw new InvalidOperationException("From the source."), null);
            return new ValueTask<string>(new TaskCompletionSource<string>().Task);
        });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AssertAbandonedAsync(Func<string, CancellationToken, ValueTask<string>> source)
    {
        await using var service = CreateService(options => options.ClientSecretSource = CognitoSecretSource.From(source));

        var call = service.GetTokenAsync();
        while (service.Clock.NextTimerIn > TimeSpan.FromSeconds(10))
            await Task.Yield();
        service.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(CognitoTokenErrors.SecretUnavailable, (await Assert.ThrowsAsync<CognitoTokenException>(() => call)).Error);
    }

    private StubbedService CreateServiceWithFile() => CreateService(options => options.ClientSecretFile = SecretFile);

    /// <summary>A service whose Cognito accepts only the valid secrets.</summary>
    private StubbedService CreateService(Action<CognitoM2MClientOptions> configure, CognitoTokenRoute route = CognitoTokenRoute.OAuth2, Action<IServiceCollection>? services = null)
    {
        var service = new StubbedService(
            options =>
            {
                options.ClientSecret = null;
                options.Route = route;
                options.Domain = null;
                options.TokenEndpoint = new Uri(StubbedService.TokenEndpoint);
                configure(options);
            },
            services);
        service.OnTokenRequest = async (number, request) =>
        {
            var sent = request.Headers.Authorization is { Parameter: { } credentials }
                ? Encoding.ASCII.GetString(Convert.FromBase64String(credentials))
                : await request.Content!.ReadAsStringAsync();
            return (route, sent.Contains(_valid, StringComparison.Ordinal) || sent.Contains(_alsoValid, StringComparison.Ordinal)) switch
            {
                (CognitoTokenRoute.OAuth2, true) => StubbedResponse.CreateToken($"token-{number}"),
                (CognitoTokenRoute.OAuth2, false) => StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest),
                (_, true) => StubbedResponse.CreateJson($$$"""{"ClientAuthenticationResult":{"AccessToken":"token-{{{number}}}","ExpiresIn":3600,"TokenType":"Bearer"}}"""),
                _ => StubbedResponse.CreateJson("""{"__type":"NotAuthorizedException"}""", HttpStatusCode.BadRequest),
            };
        };
        return service;
    }
}
