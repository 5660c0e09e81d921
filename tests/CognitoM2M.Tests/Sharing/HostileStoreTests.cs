using CognitoM2M.Testing;

namespace CognitoM2M.Tests.Sharing;

/// <summary>A store that an attacker writes: never an exception, never a token that Cognito did not give to this client.</summary>
public sealed class HostileStoreTests : IAsyncDisposable
{
    private readonly SharedWorlds _fleet = new();

    [Fact]
    public async Task Any_flipped_bit_makes_the_entry_a_miss()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();

        for (var position = 0; position < value.Length; position++)
        {
            var flipped = value.ToArray();
            flipped[position] ^= (byte)(1 << (position % 8));
            await AssertMissAsync(name, flipped);
        }
    }

    [Fact]
    public async Task Any_truncation_makes_the_entry_a_miss()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();

        for (var length = 0; length < value.Length; length++)
            await AssertMissAsync(name, value[..length]);
    }

    [Fact]
    public async Task Huge_and_random_values_and_other_versions_are_misses()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();
        byte[] otherVersion = [2, .. value[1..]];

        await AssertMissAsync(name, otherVersion);
        await AssertMissAsync(name, [.. value, 0]);
        await AssertMissAsync(name, new byte[64 * 1024 * 1024]);
        var random = new Random(1);
        for (var length = 0; length < 2_000; length += 13)
        {
            var noise = new byte[length];
            random.NextBytes(noise);
            await AssertMissAsync(name, noise);
        }
    }

    [Fact]
    public async Task Entry_of_another_client_under_this_ones_name_is_a_miss()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, _) = Token();
        string[] known = [.. _fleet.Store.Entries.Keys];

        // Another secret, another scope set of the same client, and the client's own claim.
        await _fleet.GetAsync(_fleet.Start(configure: options => options.ClientSecret = "another2secret"));
        await _fleet.GetAsync(_fleet.Start(configure: options => options.Scopes = ["orders/admin"]));
        var others = _fleet.Store.Entries.Where(entry => !known.Contains(entry.Key, StringComparer.Ordinal)).Select(entry => entry.Value.Value).ToList();

        Assert.Equal(2, others.Count);
        foreach (var other in others)
            await AssertMissAsync(name, other);
    }

    [Fact]
    public async Task Replayed_entry_is_a_miss_once_its_token_is_old()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();

        _fleet.Advance(TimeSpan.FromMinutes(60));

        await AssertMissAsync(name, value);
    }

    [Fact]
    public async Task Replayed_claims_delay_a_start_by_no_more_than_a_token_request_may_take()
    {
        var first = _fleet.Start();
        first.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateToken("token-0"));
        byte[]? claim = null;
        _fleet.Store.Before = _ =>
        {
            claim ??= _fleet.Store.Entries.Values.Select(entry => entry.Value).FirstOrDefault();
            foreach (var name in _fleet.Store.Entries.Keys)
                _fleet.Store.Entries[name] = (claim!, TimeSpan.FromDays(1));
            return Task.CompletedTask;
        };

        var startedAt = _fleet.Clock.GetElapsedTime(0);
        Assert.Equal("token-0", await _fleet.GetAsync(first));

        Assert.InRange(_fleet.Clock.GetElapsedTime(0) - startedAt, TimeSpan.Zero, TimeSpan.FromSeconds(11));
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private (string Name, byte[] Value) Token()
    {
        var entry = Assert.Single(_fleet.Store.Entries);
        return (entry.Key, entry.Value.Value);
    }

    /// <summary>A process that finds that value gets a token of its own from Cognito, without a word.</summary>
    private async Task AssertMissAsync(string name, byte[] value)
    {
        _fleet.Store.Entries.Clear();
        _fleet.Store.Entries[name] = (value, TimeSpan.FromDays(1000));
        var before = _fleet.TokenRequests;
        var world = _fleet.Start();

        Assert.Equal($"token-{before + 1}", await _fleet.GetAsync(world));
        await _fleet.ForgetAsync(world);
    }
}
