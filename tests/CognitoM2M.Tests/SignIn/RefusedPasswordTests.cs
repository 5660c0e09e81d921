using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.SignIn;

/// <summary>A wrong password must not lock the user out.</summary>
public sealed class RefusedPasswordTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cognito-m2m-").FullName;

    private string PasswordFile => Path.Combine(_folder, "password");

    [Fact]
    public async Task Wrong_password_is_sent_once_by_a_thousand_callers_in_a_whole_day()
    {
        await using var user = new StubbedUser { CorrectPassword = "Another1!" };

        await FailAsync(calls: 1000);
        for (var hour = 0; hour < 24; hour++)
        {
            user.Clock.Advance(TimeSpan.FromHours(1));
            await FailAsync(calls: 2);
        }

        Assert.Single(user.Requests);

        async Task FailAsync(int calls)
        {
            foreach (var failure in await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Assert.ThrowsAsync<CognitoTokenException>(() => user.GetTokenAsync()))))
                Assert.Equal(("NotAuthorizedException", false), (failure.Error, failure.IsTransient));
        }
    }

    [Fact]
    public async Task Error_says_that_the_password_is_not_sent_again_and_what_to_do()
    {
        await using var user = new StubbedUser { CorrectPassword = "Another1!" };

        var failure = await user.FailToGetTokenAsync();

        Assert.Contains("refused the password of user 'robot'", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("does not send this password again", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("start the process again", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(StubbedUser.Password, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_providers_of_the_process_and_other_clients_of_the_user_do_not_send_the_password_either()
    {
        await using var first = new StubbedUser { CorrectPassword = "Another1!" };
        await first.FailToGetTokenAsync();

        await using var second = new StubbedUser(
            options =>
            {
                options.TokenKind = CognitoTokenKind.Id;
                options.ClientMetadata = new Dictionary<string, string> { ["tenant"] = "acme" };
                options.AttemptTimeout = TimeSpan.FromSeconds(3);
            },
            clock: first.Clock);
        await second.FailToGetTokenAsync();

        Assert.Empty(second.Requests);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("app client")]
    [InlineData("region")]
    public async Task Refused_password_is_still_sent_for_another_user_app_client_or_region(string other)
    {
        await using var first = new StubbedUser { CorrectPassword = "Another1!" };
        await first.FailToGetTokenAsync();

        await using var second = new StubbedUser(
            options =>
            {
                options.Username = other == "user" ? "robot2" : options.Username;
                options.ClientId = other == "app client" ? "another" : options.ClientId;
                options.Region = other == "region" ? "eu-west-2" : options.Region;
            },
            clock: first.Clock);

        Assert.Equal("access-1", await second.GetTokenAsync());
    }

    [Fact]
    public async Task Wrong_password_of_two_clients_that_start_at_once_is_sent_once()
    {
        var clock = new ManualClock();
        var released = new TaskCompletionSource();
        await using var first = new StubbedUser(clock: clock) { CorrectPassword = "Another1!" };
        await using var second = new StubbedUser(options => options.TokenKind = CognitoTokenKind.Id, clock: clock) { CorrectPassword = "Another1!" };
        var arrived = new TaskCompletionSource();
        first.Service.OnTokenRequest = async (_, _) =>
        {
            arrived.SetResult();
            await released.Task;
            return StubbedUser.RefusePassword();
        };

        var one = Assert.ThrowsAsync<CognitoTokenException>(() => first.GetTokenAsync());
        await arrived.Task;
        var other = Assert.ThrowsAsync<CognitoTokenException>(() => second.GetTokenAsync());
        released.SetResult();
        await one;
        await other;

        Assert.Equal((1, 0), (first.Service.TokenRequests, second.Service.TokenRequests));
    }

    [Fact]
    public async Task New_password_in_the_configuration_is_used_and_the_refused_password_stays_refused()
    {
        var settings = new Dictionary<string, string?>
        {
            ["robots:Route"] = "UserPassword",
            ["robots:Region"] = "eu-west-1",
            ["robots:ClientId"] = "abc123",
            ["robots:Username"] = "robot",
            ["robots:Password"] = "Wrong1!",
            ["robots:AllowAnyHost"] = "true",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var user = new StubbedUser(services: services => services.AddCognitoM2MClient("robots", configuration.GetSection("robots")));
        await FailAsync();

        Change(StubbedUser.Password);
        Assert.Equal("access-1", (await user.Service.Provider.GetTokenAsync("robots")).Value);

        user.OnRequest = request => request.Kind == "refresh" ? StubbedUser.Refuse("NotAuthorizedException", "Refresh Token has been revoked") : null;
        Change("Wrong1!");
        user.Clock.Advance(TimeSpan.FromHours(2));
        await FailAsync();
        Assert.Equal(["password Wrong1!", $"password {StubbedUser.Password}"], user.Requests);

        void Change(string password)
        {
            configuration["robots:Password"] = password;
            configuration.Reload();
        }

        Task FailAsync() => user.Clock.RunAsync(
            Assert.ThrowsAsync<CognitoTokenException>(async () => await user.Service.Provider.GetTokenAsync("robots")), skip: StubbedService.PauseBetweenAttempts);
    }

    [Fact]
    public async Task Corrected_password_file_is_used_within_a_second()
    {
        await File.WriteAllTextAsync(PasswordFile, "Wrong1!\n");
        await using var user = CreateWithFile();
        await user.FailToGetTokenAsync();
        for (var second = 0; second < 20; second++)
        {
            user.Clock.Advance(TimeSpan.FromSeconds(1));
            await user.FailToGetTokenAsync();
        }

        await File.WriteAllTextAsync(PasswordFile, StubbedUser.Password);
        user.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("access-1", await user.GetTokenAsync());
        Assert.Equal(["password Wrong1!", $"password {StubbedUser.Password}"], user.Requests);
    }

    [Fact]
    public async Task Source_that_has_another_password_is_asked_in_the_same_fetch()
    {
        var passwords = new Queue<string>(["Wrong1!", StubbedUser.Password]);
        await using var user = new StubbedUser(options =>
        {
            options.Password = null;
            options.PasswordSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(passwords.Dequeue()));
        });

        Assert.Equal("access-1", await user.GetTokenAsync());

        Assert.Equal(2, user.PasswordRequests);
    }

    [Fact]
    public async Task Source_that_repeats_the_refused_password_is_asked_again_and_nothing_is_sent()
    {
        var questions = 0;
        await using var user = new StubbedUser(options =>
        {
            options.Password = null;
            options.PasswordSource = CognitoSecretSource.From((_, _) =>
            {
                questions++;
                return new ValueTask<string>("Wrong1!");
            });
        });
        await user.FailToGetTokenAsync();

        for (var minute = 0; minute < 10; minute++)
        {
            user.Clock.Advance(TimeSpan.FromMinutes(1));
            await user.FailToGetTokenAsync();
        }

        Assert.Single(user.Requests);
        Assert.InRange(questions, 11, 30);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private StubbedUser CreateWithFile() => new(options =>
    {
        options.Password = null;
        options.PasswordFile = PasswordFile;
    });
}
