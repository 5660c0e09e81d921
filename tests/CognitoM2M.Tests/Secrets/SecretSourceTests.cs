using System.Net;
using System.Text;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Secrets;

/// <summary>Secrets that come from elsewhere and change while the service runs.</summary>
public sealed class SecretSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cognito-m2m-").FullName;
    private volatile string _valid = "first1secret";
    private volatile string _validToo = "first1secret";

    private string SecretFile => Path.Combine(_folder, "secret");

    [Fact]
    public async Task File_holds_the_secret_and_a_line_break_at_its_end_does_no_harm()
    {
        await File.WriteAllTextAsync(SecretFile, "first1secret\n");
        await using var world = WithFile();

        Assert.Equal("token-1", await world.GetTokenAsync());
    }

    [Fact]
    public async Task New_secret_in_the_file_is_used_when_cognito_refuses_the_old_and_no_call_fails()
    {
        await File.WriteAllTextAsync(SecretFile, "first1secret");
        await using var world = WithFile();
        await world.GetTokenAsync();
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await world.GetTokenAsync();
                await Task.Yield();
            }
        })).ToList();

        for (var rotation = 0; rotation < 20; rotation++)
        {
            // As a rotation goes: there is a second secret, the file is replaced, the first secret is deleted.
            var next = $"secret{rotation}";
            _validToo = next;
            await File.WriteAllTextAsync(SecretFile + ".new", next);
            File.Move(SecretFile + ".new", SecretFile, overwrite: true);
            _valid = next;
            // While the token is fresh nothing is under way that a jump of the clock could cut off.
            var before = await world.GetTokenAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(52));
            while (await world.GetTokenAsync() == before)
                await world.SettleAsync();
        }

        await ended.CancelAsync();
        await Task.WhenAll(callers);
        Assert.True(world.TokenRequests > 20);
    }

    [Fact]
    public async Task Turned_symbolic_link_is_followed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "one"), "first1secret");
        await File.WriteAllTextAsync(Path.Combine(_folder, "two"), "second2secret");
        File.CreateSymbolicLink(SecretFile, Path.Combine(_folder, "one"));
        await using var world = WithFile();
        await world.GetTokenAsync();

        File.CreateSymbolicLink(SecretFile + ".new", Path.Combine(_folder, "two"));
        File.Move(SecretFile + ".new", SecretFile, overwrite: true);
        _valid = _validToo = "second2secret";

        Assert.NotNull(await world.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2)]
    [InlineData(CognitoTokenRoute.GetClientToken)]
    public async Task Source_is_asked_again_after_a_refusal_and_not_before(CognitoTokenRoute route)
    {
        var asked = 0;
        await using var world = With(
            options => options.ClientSecretSource = CognitoClientSecretSource.From((client, _) =>
            {
                Assert.Equal("orders", client);
                Interlocked.Increment(ref asked);
                return new ValueTask<string>(_valid);
            }),
            route);
        for (var scope = 0; scope < 20; scope++)
            await world.GetTokenAsync(new CognitoTokenRequest { Scopes = [$"orders/{scope}"] });
        Assert.Equal(1, asked);

        _valid = _validToo = "second2secret";
        await world.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Source_that_fails_leaves_the_last_secret_in_force_and_says_so()
    {
        var log = new Recorder();
        var fails = false;
        await using var world = With(
            options => options.ClientSecretSource = CognitoClientSecretSource.From((_, _) =>
                fails ? throw new InvalidOperationException("throttled") : new ValueTask<string>(_valid)),
            services: services => services.AddLogging(logging => logging.AddProvider(log)));
        await world.GetTokenAsync();

        fails = true;
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.Single(log.Lines, line => line.StartsWith("Warning 10", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two secrets")]
    [InlineData("secret1\nsecret2")]
    public async Task What_is_no_secret_is_explained_and_not_shown(string given)
    {
        await using var world = With(options => options.ClientSecretSource = CognitoClientSecretSource.From((_, _) => new ValueTask<string>(given)));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => world.GetTokenAsync());

        Assert.Equal(CognitoTokenErrors.SecretUnavailable, failure.Error);
        Assert.True(failure.IsTransient);
        Assert.True(given.Length == 0 || !failure.ToString().Contains(given, StringComparison.Ordinal));
        Assert.Equal(0, world.TokenRequests);
    }

    [Fact]
    public async Task Missing_file_is_explained_and_the_client_recovers_when_it_is_there()
    {
        await using var world = WithFile();
        Assert.Equal(CognitoTokenErrors.SecretUnavailable, (await Assert.ThrowsAsync<CognitoTokenException>(() => world.GetTokenAsync())).Error);

        await File.WriteAllTextAsync(SecretFile, "first1secret");
        world.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("token-1", await world.GetTokenAsync());
    }

    [Fact]
    public async Task Source_that_hangs_is_waited_for_no_longer_than_cognito() =>
        await AssertLeftBehindAsync((_, _) => new ValueTask<string>(new TaskCompletionSource<string>().Task));

    [Fact]
    public async Task Source_that_blocks_its_thread_is_left_behind_as_well()
    {
        using var blocks = new ManualResetEventSlim();
        await AssertLeftBehindAsync((_, _) =>
        {
            blocks.Wait(CancellationToken.None);
            return new ValueTask<string>("late");
        });
        blocks.Set();
    }

    [Fact]
    public async Task Source_that_throws_when_it_is_cancelled_harms_nobody() =>
        await AssertLeftBehindAsync((_, cancellationToken) =>
        {
            cancellationToken.UnsafeRegister(_ => throw new InvalidOperationException("From the source."), null);
            return new ValueTask<string>(new TaskCompletionSource<string>().Task);
        });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AssertLeftBehindAsync(Func<string, CancellationToken, ValueTask<string>> source)
    {
        await using var world = With(options => options.ClientSecretSource = CognitoClientSecretSource.From(source));

        var call = world.GetTokenAsync();
        while (world.Clock.NextTimerIn > TimeSpan.FromSeconds(10))
            await Task.Yield();
        world.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(CognitoTokenErrors.SecretUnavailable, (await Assert.ThrowsAsync<CognitoTokenException>(() => call)).Error);
    }

    private World WithFile() => With(options => options.ClientSecretFile = SecretFile);

    /// <summary>A service whose Cognito accepts the valid secret alone.</summary>
    private World With(Action<CognitoM2MClientOptions> configure, CognitoTokenRoute route = CognitoTokenRoute.OAuth2, Action<IServiceCollection>? services = null)
    {
        var world = new World(
            options =>
            {
                options.ClientSecret = null;
                options.Route = route;
                options.Domain = null;
                options.TokenEndpoint = new Uri(World.TokenEndpoint);
                configure(options);
            },
            services);
        world.OnTokenRequest = async (number, request) =>
        {
            var sent = request.Headers.Authorization is { Parameter: { } credentials }
                ? Encoding.ASCII.GetString(Convert.FromBase64String(credentials))
                : await request.Content!.ReadAsStringAsync();
            return (route, sent.Contains(_valid, StringComparison.Ordinal) || sent.Contains(_validToo, StringComparison.Ordinal)) switch
            {
                (CognitoTokenRoute.OAuth2, true) => World.TokenAnswer($"token-{number}"),
                (CognitoTokenRoute.OAuth2, false) => World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest),
                (_, true) => World.Json($$$"""{"ClientAuthenticationResult":{"AccessToken":"token-{{{number}}}","ExpiresIn":3600,"TokenType":"Bearer"}}"""),
                _ => World.Json("""{"__type":"NotAuthorizedException"}""", HttpStatusCode.BadRequest),
            };
        };
        return world;
    }
}
