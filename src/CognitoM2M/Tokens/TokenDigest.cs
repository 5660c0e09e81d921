using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CognitoM2M.Tokens;

/// <summary>Stands for a token where it only has to be recognized, so that the token itself is not kept in memory. Valid in this process alone.</summary>
internal static class TokenDigest
{
    public static UInt128 Compute(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
