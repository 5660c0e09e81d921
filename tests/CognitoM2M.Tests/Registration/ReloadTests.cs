using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Registration;

/// <summary>A change of configuration takes effect without a restart.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    private readonly ConfiguredClient _billing = new();

    private World World => _billing.World;

    [Fact]
    public async Task Change_of_something_else_keeps_the_token()
    {
        var before = await _billing.GetTokenAsync();

        _billing.Change("AllowedHosts", "other.example.com");
        var after = await _billing.GetTokenAsync();

        Assert.Equal(before, after);
        Assert.Equal(1, World.TokenRequests);
    }

    [Fact]
    public async Task Change_that_is_not_valid_is_logged_once_and_the_former_settings_stay()
    {
        var before = await _billing.GetTokenAsync();

        _billing.Change("Domain", "NOT VALID");
        var after = await _billing.GetTokenAsync();
        await _billing.GetTokenAsync();

        Assert.Equal(before, after);
        var error = Assert.Single(_billing.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Domain 'NOT VALID'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_limits_hold_for_the_next_fetch_and_keep_the_token()
    {
        await _billing.GetTokenAsync();
        _billing.Change("FirstFetchAttempts", "1");
        World.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));

        await _billing.GetTokenAsync();
        Assert.Equal(1, World.TokenRequests);
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());

        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Removed_client_loses_its_tokens_and_its_calls_say_why()
    {
        await _billing.GetTokenAsync();

        _billing.Remove();

        await Assert.ThrowsAsync<OptionsValidationException>(() => _billing.GetTokenAsync());
        Assert.Single(_billing.Log.Lines, line => line.StartsWith("Warning 12", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sixty_four_callers_notice_nothing_of_reloads_good_and_bad()
    {
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await _billing.GetTokenAsync();
                await Task.Yield();
            }
        })).ToList();

        for (var change = 0; change < 20; change++)
        {
            _billing.Change("ClientSecret", $"secret{change}");
            _billing.Change("FirstFetchAttempts", change % 2 == 0 ? "2" : "none");
            await _billing.GetTokenAsync();
        }

        await ended.CancelAsync();
        await Task.WhenAll(callers);
        Assert.InRange(World.TokenRequests, 1, 22);
    }

    public ValueTask DisposeAsync() => _billing.DisposeAsync();
}
