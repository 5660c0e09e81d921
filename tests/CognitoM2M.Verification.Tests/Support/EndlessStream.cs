namespace CognitoM2M.Verification.Tests.Support;

/// <summary>A body that never ends. It sends spaces without a pause, or nothing at all until the read is cancelled.</summary>
internal sealed class EndlessStream(bool sendsSpaces) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!sendsSpaces)
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        buffer.Span.Fill((byte)' ');
        return buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
