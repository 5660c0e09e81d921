using System.Text;
using CognitoM2M.Settings;
using CognitoM2M.Sharing;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.SignIn;

/// <summary>Processes share the tokens of users, and never refresh tokens.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class UserSharedTierTests
{
    private static readonly TokenEntryKey _key = new(
        CognitoTokenRoute.UserPassword, StubbedUser.Endpoint, CognitoClientAuthentication.ClientSecretBasic, "abc123", "digest", "", "")
    { Username = "robot" };

    [Fact]
    public async Task Second_process_takes_the_token_from_the_store_and_signs_nobody_in()
    {
        var clock = new ManualClock();
        var store = new FakeStore(clock);
        await using var first = new StubbedUser(options => options.DistributedCache = store, clock: clock);
        await using var second = new StubbedUser(options => options.DistributedCache = store, clock: clock);

        var token = await clock.RunAsync(first.GetTokenAsync(), skip: TimeSpan.FromMilliseconds(200));

        Assert.Equal(token, await clock.RunAsync(second.GetTokenAsync(), skip: TimeSpan.FromMilliseconds(200)));
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task Store_holds_no_refresh_token_even_in_its_decrypted_entries()
    {
        var clock = new ManualClock();
        var store = new FakeStore(clock);
        await using var user = new StubbedUser(options => options.DistributedCache = store, clock: clock);
        await clock.RunAsync(user.GetTokenAsync(), skip: TimeSpan.FromMilliseconds(200));

        var seal = new EntrySeal(_key, StubbedUser.Password);
        // The caller has its token before the token is in the store.
        var opened = Open();
        while (!opened.Exists(text => text.Contains("access-1", StringComparison.Ordinal)))
        {
            await Task.Yield();
            opened = Open();
        }

        Assert.DoesNotContain(opened, text => text.Contains("refresh-1", StringComparison.Ordinal));

        List<string> Open() => [.. store.Entries.Select(entry => seal.Open(entry.Key, entry.Value.Value)).OfType<byte[]>().Select(Encoding.Latin1.GetString)];
    }

    [Fact]
    public async Task Token_of_a_user_is_not_taken_for_another_user_or_another_kind_of_token()
    {
        var clock = new ManualClock();
        var store = new FakeStore(clock);
        await using var first = new StubbedUser(options => options.DistributedCache = store, clock: clock);
        await using var other = new StubbedUser(options => (options.DistributedCache, options.Username) = (store, "robot2"), clock: clock);
        await using var kind = new StubbedUser(options => (options.DistributedCache, options.TokenKind) = (store, CognitoTokenKind.Id), clock: clock);
        foreach (var user in new[] { first, other, kind })
            await clock.RunAsync(user.GetTokenAsync(), skip: TimeSpan.FromMilliseconds(200));

        Assert.Equal((1, 1, 1), (first.PasswordRequests, other.PasswordRequests, kind.PasswordRequests));
        Assert.Equal("id-1", await kind.GetTokenAsync());
    }

    [Theory]
    [InlineData("username")]
    [InlineData("kind")]
    [InlineData("password")]
    [InlineData("client secret")]
    public void Names_and_keys_differ_if_one_part_of_the_identity_differs(string part)
    {
        var seal = new EntrySeal(_key, "password\nsecret");
        var other = new EntrySeal(
            part switch
            {
                "username" => _key with { Username = "robot2" },
                "kind" => _key with { TokenKind = CognitoTokenKind.Id },
                _ => _key,
            },
            part switch
            {
                "password" => "other\nsecret",
                "client secret" => "password\nother",
                _ => "password\nsecret",
            });

        Assert.NotEqual(seal.CreateName("token"), other.CreateName("token"));
    }
}
