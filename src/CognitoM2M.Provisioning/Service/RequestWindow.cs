using System.Threading.Channels;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Holds back requests so that no second sees more of them than a limit, as counted by the service.</summary>
/// <remarks>
/// A slot is used again only a second after its last request was answered. The service counts a request at some instant before its
/// answer, so however long requests travel, it never counts more than the limit in any second.
/// </remarks>
internal sealed class RequestWindow
{
    // A little over a second, for a service whose clock runs fast.
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(1050);

    private readonly TimeProvider _time;

    // The slots that are free, each with the instant of its last answer; the longest unused comes first.
    private readonly Channel<long?> _slots = Channel.CreateUnbounded<long?>();

    public RequestWindow(int limit, TimeProvider time)
    {
        _time = time;
        for (var i = 0; i < limit; i++)
            _slots.Writer.TryWrite(null);
    }

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

    public void Exit() => _slots.Writer.TryWrite(_time.GetTimestamp());
}
