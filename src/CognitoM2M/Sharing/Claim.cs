using System.Buffers.Binary;

namespace CognitoM2M.Sharing;

/// <summary>Says that some process is getting a token for all.</summary>
/// <param name="Id">Drawn by that process for this one time.</param>
/// <param name="Beat">Counts up while the process lives and waits for Cognito.</param>
internal sealed record Claim(Guid Id, int Beat)
{
    private const int Length = 20;

    public static Claim New() => new(Guid.NewGuid(), 0);

    public Claim Next() => this with { Beat = Beat + 1 };

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), Beat);
        return bytes;
    }

    public static Claim? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length ? new Claim(new Guid(bytes[..16]), BinaryPrimitives.ReadInt32BigEndian(bytes[16..])) : null;
}
