using System.Buffers.Binary;

namespace CognitoM2M.Sharing;

/// <summary>What the leader of a fleet keeps in the store while it gets a token for all processes.</summary>
/// <param name="Id">Drawn at random for each attempt to become the leader.</param>
/// <param name="Heartbeats">Counts up while the leader waits for Cognito. A count that changes shows that the leader is alive.</param>
/// <param name="TurnWait">How long the token requests of the leader have waited for their turn among the requests of its process.</param>
internal sealed record Lease(Guid Id, int Heartbeats, TimeSpan TurnWait)
{
    private const int Length = 28;

    public static Lease Create() => new(Guid.NewGuid(), 0, TimeSpan.Zero);

    public Lease AddHeartbeat(TimeSpan turnWait) => this with { Heartbeats = Heartbeats + 1, TurnWait = turnWait };

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), Heartbeats);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(20), TurnWait.Ticks);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null if the bytes have another length.</summary>
    public static Lease? Parse(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new Lease(new Guid(bytes[..16]), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), new TimeSpan(BinaryPrimitives.ReadInt64BigEndian(bytes[20..])))
        : null;
}
