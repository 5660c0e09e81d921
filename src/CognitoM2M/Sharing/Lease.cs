using System.Buffers.Binary;

namespace CognitoM2M.Sharing;

/// <summary>What the leader of a fleet keeps in the store while it gets a token for all processes.</summary>
/// <param name="Id">Drawn at random for each attempt to become the leader.</param>
/// <param name="Heartbeats">Counts up while the leader waits for Cognito. A count that changes shows that the leader is alive.</param>
internal sealed record Lease(Guid Id, int Heartbeats)
{
    private const int Length = 20;

    public static Lease Create() => new(Guid.NewGuid(), 0);

    public Lease AddHeartbeat() => this with { Heartbeats = Heartbeats + 1 };

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), Heartbeats);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null if the bytes have another length.</summary>
    public static Lease? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length ? new Lease(new Guid(bytes[..16]), BinaryPrimitives.ReadInt32BigEndian(bytes[16..])) : null;
}
