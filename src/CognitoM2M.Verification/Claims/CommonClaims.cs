using System.Text.Json;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Claims;

/// <summary>The claims that both kinds of tokens have, as they are passed from a reader to the claims of a token.</summary>
internal readonly struct CommonClaims
{
    public required TrustedIssuer Issuer { get; init; }

    public required string ClientId { get; init; }

    public string? Subject { get; init; }

    public string? Username { get; init; }

    public required string[] Groups { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public string? TokenId { get; init; }

    /// <summary>A <see cref="JsonElement"/>; or its text as a byte array, which is parsed when somebody asks for it.</summary>
    public required object Payload { get; init; }
}
