namespace CognitoM2M.Soak;

/// <summary>The beginning of an answer, and then nothing: the other side is gone, and nobody says so.</summary>
/// <param name="beginning">What comes.</param>
/// <param name="givenUp">Called when nobody waits for the rest any more.</param>
internal sealed class HalfOpenStream(byte[] beginning, Action givenUp) : Stream
{
    private Action _givenUp = givenUp;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == beginning.Length)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

        var count = Math.Min(buffer.Length, beginning.Length - _position);
        beginning.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        Interlocked.Exchange(ref _givenUp, () => { })();
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
