using System.Collections.Immutable;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>One sign-in of a user with an app client: what its tokens share, and whether they are still valid. Immutable.</summary>
internal sealed record SignIn
{
    /// <summary>The id of the sign-in. All its tokens hold it (claim <c>event_id</c>).</summary>
    public required string EventId { get; init; }

    /// <summary>The claim <c>origin_jti</c>, which tokens have if their app client can revoke tokens.</summary>
    public required string OriginJti { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The <c>sub</c> of the user.</summary>
    public required string Sub { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>When refresh tokens of the sign-in expire. Rotation does not move it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many refresh tokens were replaced by rotation.</summary>
    public int Rotations { get; init; }

    public DateTimeOffset LastRotatedAt { get; init; }

    public bool IsRevoked { get; init; }

    /// <summary>Decides what a refresh token is worth.</summary>
    /// <param name="serial">How many tokens of the sign-in had been replaced when the token was issued.</param>
    /// <param name="now">The time.</param>
    /// <param name="grace">How long a token stays usable after it was replaced.</param>
    public RefreshTokenStatus GetStatus(int serial, DateTimeOffset now, TimeSpan grace) =>
        IsRevoked ? RefreshTokenStatus.Revoked
        : now >= ExpiresAt ? RefreshTokenStatus.Expired
        : serial == Rotations ? RefreshTokenStatus.Current
        : serial == Rotations - 1 && now < LastRotatedAt + grace ? RefreshTokenStatus.ReplacedInGrace
        : RefreshTokenStatus.Replaced;
}

internal enum RefreshTokenStatus
{
    /// <summary>The token can be used.</summary>
    Current,

    /// <summary>The token was replaced, and can be used once more because its replacement may have been lost.</summary>
    ReplacedInGrace,

    /// <summary>The token was replaced and cannot be used.</summary>
    Replaced,

    Expired,

    Revoked,
}
