namespace CognitoM2M.Soak;

/// <summary>
/// A response body that stops in the middle, as on a half-open connection: the server is gone, but the client is not told.
/// </summary>
/// <param name="beginning">The bytes that arrive.</param>
/// <param name="disposed">Called when the client gives up and disposes the stream.</param>
internal sealed class HalfOpenStream(byte[] beginning, Action disposed) : Stream
{
    private Action _disposed = disposed;
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
        Interlocked.Exchange(ref _disposed, () => { })();
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
