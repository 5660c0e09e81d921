using CognitoM2M.Provisioning.Service;
using CognitoM2M.Testing;

namespace CognitoM2M.Provisioning.Tests.Service;

public sealed class RequestWindowTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Requests_up_to_the_limit_are_sent_at_once_and_the_next_request_is_sent_a_second_after_the_first_answer()
    {
        var window = new RequestWindow(2, _clock);
        await window.EnterAsync(default);
        await window.EnterAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(5));

        var third = window.EnterAsync(default);
        window.Exit();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(third.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        await third.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Cancelled_wait_gives_its_slot_back()
    {
        var window = new RequestWindow(1, _clock);
        await window.EnterAsync(default);
        window.Exit();
        using var cancellation = new CancellationTokenSource();
        var cancelled = window.EnterAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var next = window.EnterAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await next.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
