using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.SignIn;

/// <summary>Refresh tokens are revoked at the end, if the client wants it.</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly LogRecorder _log = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Container_that_is_disposed_revokes_the_refresh_token(bool synchronous)
    {
        SignInMessage? sent = null;
        var user = Create(options => options.RevokeRefreshTokenOnDispose = true);
        user.Rotates = true;
        await user.GetTokenAsync();
        await user.RenewAsync();
        user.OnRequest = message =>
        {
            sent = message;
            return null;
        };

        await DisposeAsync(user, synchronous);

        Assert.Equal("revoke refresh-2", user.Requests.Last());
        Assert.Equal("""{"ClientId":"abc123","Token":"refresh-2"}""", sent!.Body.GetRawText());
        Assert.Equal(3, user.Requests.Count);
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Warning 16", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revocation_sends_the_client_secret()
    {
        SignInMessage? sent = null;
        var user = Create(options =>
        {
            options.RevokeRefreshTokenOnDispose = true;
            options.ClientSecret = "secret-of-the-client-123";
        });
        await user.GetTokenAsync();
        user.OnRequest = message =>
        {
            sent = message;
            return null;
        };

        await user.DisposeAsync();

        Assert.Equal("""{"ClientId":"abc123","Token":"refresh-1","ClientSecret":"secret-of-the-client-123"}""", sent!.Body.GetRawText());
    }

    [Fact]
    public async Task Nothing_is_revoked_by_default()
    {
        var user = Create();
        await user.GetTokenAsync();

        await user.DisposeAsync();

        Assert.Single(user.Requests);
    }

    [Fact]
    public async Task Nothing_is_revoked_if_nobody_signed_in()
    {
        var user = Create(options => options.RevokeRefreshTokenOnDispose = true);
        _ = user.Service.Entry;

        await user.DisposeAsync();

        Assert.Empty(user.Requests);
    }

    [Fact]
    public async Task Refresh_token_that_Cognito_refused_is_not_revoked()
    {
        var user = Create(options => options.RevokeRefreshTokenOnDispose = true);
        await user.GetTokenAsync();
        user.OnRequest = message => message.Kind == "refresh" ? StubbedUser.Refuse("NotAuthorizedException", "Refresh Token has been revoked")
            : StubbedUser.RefusePassword();
        await user.RenewAsync();

        await user.DisposeAsync();

        Assert.DoesNotContain(user.Requests, request => request.StartsWith("revoke", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("refusal")]
    [InlineData("exception")]
    public async Task Failed_revocation_is_one_warning_and_no_exception(string how)
    {
        var user = Create(options => options.RevokeRefreshTokenOnDispose = true);
        await user.GetTokenAsync();
        user.OnRequest = _ => how == "refusal" ? StubbedUser.Refuse("UnauthorizedException") : throw new InvalidOperationException("from a handler of the user");

        await user.DisposeAsync();

        Assert.Single(_log.Lines, line => line.StartsWith("Warning 16 1 refresh tokens were not revoked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revocation_that_hangs_is_abandoned_after_five_seconds(bool synchronous)
    {
        var user = Create(options => options.RevokeRefreshTokenOnDispose = true);
        await user.GetTokenAsync();
        user.Service.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var startedAt = user.Clock.GetUtcNow();

        var disposal = Task.Run(async () =>
        {
            await DisposeAsync(user, synchronous);
            return true;
        });
        await user.Clock.RunAsync(disposal, skip: TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(5), user.Clock.GetUtcNow() - startedAt);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning 16", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_user_of_the_provider_is_signed_out()
    {
        var user = Create(options => options.RevokeRefreshTokenOnDispose = true, services =>
        {
            for (var tenant = 0; tenant < 20; tenant++)
            {
                var number = tenant;
                services.AddCognitoM2MClient($"tenant-{number}", options =>
                {
                    StubbedUser.UseUser(options);
                    options.Region = "eu-west-1";
                    options.ClientId = "abc123";
                    options.Username = $"robot-{number}";
                    options.AllowAnyHost = true;
                    options.RevokeRefreshTokenOnDispose = true;
                });
            }
        });
        for (var tenant = 0; tenant < 20; tenant++)
            await user.Service.Provider.GetTokenAsync($"tenant-{tenant}");

        await user.DisposeAsync();

        Assert.Equal(20, user.Requests.Where(request => request.StartsWith("revoke", StringComparison.Ordinal)).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_without_a_container_revokes_too(bool synchronous)
    {
        List<string> operations = [];
        var client = new CognitoM2MClient(CreateOptions(), tokenEndpointHandler: new InlineHandler((message, _) =>
        {
            operations.Add(SignInMessage.Read(message).Operation);
            return Task.FromResult(StubbedUser.GiveTokens("access", "id", "refresh"));
        }));
        await client.GetTokenAsync();

        if (synchronous)
            client.Dispose();
        else
            await client.DisposeAsync();
        client.Dispose();
        await client.DisposeAsync();

        Assert.Equal(["InitiateAuth", "RevokeToken"], operations);
    }

    public void Dispose() => _log.Dispose();

    private static CognitoM2MClientOptions CreateOptions()
    {
        var options = new CognitoM2MClientOptions { Region = "eu-west-1", ClientId = "abc123", RevokeRefreshTokenOnDispose = true };
        StubbedUser.UseUser(options);
        return options;
    }

    private static ValueTask DisposeAsync(StubbedUser user, bool synchronous)
    {
        if (synchronous)
            ((IDisposable)user.Service.Services).Dispose();
        return synchronous ? default : user.DisposeAsync();
    }

    private StubbedUser Create(Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null) => new(configure, collection =>
    {
        collection.AddLogging(logging => logging.AddProvider(_log));
        services?.Invoke(collection);
    });
}
