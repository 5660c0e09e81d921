using System.Threading.Channels;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Delays requests, so that the service never counts more than a given number of them in any second.</summary>
/// <remarks>
/// Each request takes a slot. A slot is free again one second after the answer to its last request. The service counts a request at some
/// instant before the answer, so the number of requests in a second never exceeds the number of slots, however long requests travel.
/// </remarks>
internal sealed class RequestWindow
{
    // A little more than a second, in case the clock of the service runs fast.
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(1050);

    private readonly TimeProvider _time;

    // The free slots, each with the instant of its last answer. The slot that has been free for longest comes first.
    private readonly Channel<long?> _slots = Channel.CreateUnbounded<long?>();

    public RequestWindow(int requestsPerSecond, TimeProvider time)
    {
        _time = time;
        for (var i = 0; i < requestsPerSecond; i++)
            _slots.Writer.TryWrite(null);
    }

    /// <summary>Takes a slot. Waits until one is free.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        var answeredAt = await _slots.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (answeredAt is { } then && _period - _time.GetElapsedTime(then) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, _time, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _slots.Writer.TryWrite(answeredAt);
            throw;
        }
    }

    /// <summary>Gives the slot back, because the answer has come or the request has failed.</summary>
    public void Exit() => _slots.Writer.TryWrite(_time.GetTimestamp());
}
