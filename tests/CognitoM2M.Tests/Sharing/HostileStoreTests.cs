using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Sharing;

/// <summary>An attacker who can write to the store causes neither an exception nor the use of a token that Cognito did not issue to this client.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class HostileStoreTests : IAsyncDisposable
{
    private readonly StubbedFleet _fleet = new();

    [Fact]
    public async Task Entry_with_any_flipped_bit_is_ignored()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();

        for (var position = 0; position < value.Length; position++)
        {
            var flipped = value.ToArray();
            flipped[position] ^= (byte)(1 << (position % 8));
            await AssertIgnoredAsync(name, flipped);
        }
    }

    [Fact]
    public async Task Entry_that_is_cut_anywhere_is_ignored()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();

        for (var length = 0; length < value.Length; length++)
            await AssertIgnoredAsync(name, value[..length]);
    }

    [Fact]
    public async Task Huge_values_random_values_and_other_versions_are_ignored()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();
        byte[] otherVersion = [2, .. value[1..]];

        await AssertIgnoredAsync(name, otherVersion);
        await AssertIgnoredAsync(name, [.. value, 0]);
        await AssertIgnoredAsync(name, new byte[64 * 1024 * 1024]);
        var random = new Random(1);
        for (var length = 0; length < 2_000; length += 13)
        {
            var noise = new byte[length];
            random.NextBytes(noise);
            await AssertIgnoredAsync(name, noise);
        }
    }

    [Fact]
    public async Task Entry_of_another_client_that_was_copied_to_this_clients_name_is_ignored()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, _) = Token();
        string[] known = [.. _fleet.Store.Entries.Keys];

        // One entry is of another secret, and one entry is of another scope of the same client.
        await _fleet.GetAsync(_fleet.Start(configure: options => options.ClientSecret = "another2secret"));
        await _fleet.GetAsync(_fleet.Start(configure: options => options.Scopes = ["orders/admin"]));
        var others = _fleet.Store.Entries.Where(entry => !known.Contains(entry.Key, StringComparer.Ordinal)).Select(entry => entry.Value.Value).ToList();

        Assert.Equal(2, others.Count);
        foreach (var other in others)
            await AssertIgnoredAsync(name, other);
    }

    [Fact]
    public async Task Replayed_entry_is_ignored_when_its_token_is_old()
    {
        await _fleet.GetAsync(_fleet.Start());
        var (name, value) = Token();

        _fleet.Advance(TimeSpan.FromMinutes(60));

        await AssertIgnoredAsync(name, value);
    }

    [Fact]
    public async Task Replayed_leases_delay_a_cold_start_by_no_more_than_a_token_request_may_take()
    {
        var first = _fleet.Start();
        first.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateToken("token-0"));
        byte[]? lease = null;
        _fleet.Store.Before = _ =>
        {
            lease ??= _fleet.Store.Entries.Values.Select(entry => entry.Value).FirstOrDefault();
            foreach (var name in _fleet.Store.Entries.Keys)
                _fleet.Store.Entries[name] = (lease!, TimeSpan.FromDays(1));
            return Task.CompletedTask;
        };

        var startedAt = _fleet.Now;
        Assert.Equal("token-0", await _fleet.GetAsync(first));

        Assert.InRange(_fleet.Now - startedAt, TimeSpan.Zero, TimeSpan.FromSeconds(11));
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private (string Name, byte[] Value) Token()
    {
        var entry = Assert.Single(_fleet.Store.Entries);
        return (entry.Key, entry.Value.Value);
    }

    /// <summary>A process that finds this value under this name asks Cognito.</summary>
    private async Task AssertIgnoredAsync(string name, byte[] value)
    {
        _fleet.Store.Entries.Clear();
        _fleet.Store.Entries[name] = (value, TimeSpan.FromDays(1000));
        var before = _fleet.TokenRequests;
        var process = _fleet.Start();

        Assert.Equal($"token-{before + 1}", await _fleet.GetAsync(process));
        await _fleet.EndAsync(process);
    }
}
