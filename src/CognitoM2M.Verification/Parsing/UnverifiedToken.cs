using System.Text.Json;

namespace CognitoM2M.Verification.Parsing;

/// <summary>The parts of a token whose signature has not been verified yet. Nothing in them can be trusted.</summary>
internal sealed class UnverifiedToken
{
    /// <summary>The key id (<c>kid</c>) that the header names.</summary>
    public required string KeyId { get; init; }

    public required JsonElement Payload { get; init; }

    /// <summary>The bytes that the signature covers: header and payload as they stand in the token, with the dot between them.</summary>
    public required byte[] SignedBytes { get; init; }

    public required byte[] Signature { get; init; }
}
