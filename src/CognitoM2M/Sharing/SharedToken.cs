using System.Buffers.Binary;
using System.Text;
using CognitoM2M.Shared;

namespace CognitoM2M.Sharing;

/// <summary>A token in the form in which processes share it.</summary>
/// <param name="Value">The token itself.</param>
/// <param name="Scopes">The granted scopes, separated by spaces.</param>
/// <param name="IssuedAt">When the token was requested, by the wall clock of the process that requested it.</param>
/// <param name="Lifetime">The lifetime that Cognito granted, counted from <paramref name="IssuedAt"/>.</param>
internal sealed record SharedToken(string Value, string Scopes, DateTimeOffset IssuedAt, TimeSpan Lifetime)
{
    private const int HeaderLength = 3 * sizeof(long);

    /// <summary>Writes issue instant and lifetime in ticks, the length of the token, the token, and the scopes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + Value.Length + Scopes.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, IssuedAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), Lifetime.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), Value.Length);
        Encoding.ASCII.GetBytes(Value, bytes.AsSpan(HeaderLength));
        Encoding.ASCII.GetBytes(Scopes, bytes.AsSpan(HeaderLength + Value.Length));
        return bytes;
    }

    /// <summary>
    /// Reads what <see cref="ToBytes"/> wrote; null if the bytes are something else. The bytes come from a process that knows the client
    /// secret, but that process may run another version of this library.
    /// </summary>
    public static SharedToken? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            return null;

        var issuedAt = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var lifetime = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        var length = BinaryPrimitives.ReadInt64BigEndian(bytes[16..]);
        if (issuedAt < 0 || issuedAt > DateTimeOffset.MaxValue.UtcTicks || lifetime <= 0 || length <= 0 || length > bytes.Length - HeaderLength)
            return null;

        var value = Encoding.ASCII.GetString(bytes.Slice(HeaderLength, (int)length));
        return TokenResponse.CanBeToken(value)
            ? new SharedToken(value, Encoding.ASCII.GetString(bytes[(HeaderLength + (int)length)..]), new DateTimeOffset(issuedAt, TimeSpan.Zero), new TimeSpan(lifetime))
            : null;
    }

    public override string ToString() => $"Shared token for [{Scopes}], issued {IssuedAt:O} for {Lifetime}";
}
