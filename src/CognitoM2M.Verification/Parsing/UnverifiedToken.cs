using System.Text.Json;

namespace CognitoM2M.Verification.Parsing;

/// <summary>A token taken apart, before its signature has been verified: nothing in it may be believed.</summary>
internal sealed class UnverifiedToken
{
    public required string KeyId { get; init; }

    public required JsonElement Payload { get; init; }

    /// <summary>What is signed: header and payload as they stand in the token, with the dot between them.</summary>
    public required byte[] SignedBytes { get; init; }

    public required byte[] Signature { get; init; }
}
