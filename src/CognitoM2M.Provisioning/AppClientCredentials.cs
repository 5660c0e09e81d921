using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>Everything a service needs to get tokens. <see cref="ToString"/> leaves the secret out.</summary>
public sealed record AppClientCredentials
{
    /// <summary>The app client's name.</summary>
    public required string ClientName { get; init; }

    /// <summary>The app client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string ClientSecret { get; init; }

    /// <summary>The id of the secret; null for the first one of a client that was never rotated.</summary>
    public string? ClientSecretId { get; init; }

    /// <summary>How the client gets its tokens.</summary>
    public required AppClientRoute Route { get; init; }

    /// <summary>The region of the pool.</summary>
    public required string Region { get; init; }

    /// <summary>The domain, as prefix or host name; null if the blueprint has none.</summary>
    public string? Domain { get; init; }

    /// <summary>Whether FIPS host names are used.</summary>
    public bool UseFips { get; init; }

    /// <summary>The whole address for token requests, where it does not follow from the other members: with an emulator.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>What the client is allowed.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{ClientName} ({ClientId})";
}

/// <summary>A secret that a sink holds. <see cref="ToString"/> leaves the value out.</summary>
/// <param name="ClientSecretId">Null if it was stored without.</param>
/// <param name="ClientSecret">The value; null if the sink cannot read it back.</param>
public sealed record HeldSecret(string? ClientSecretId, [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] string? ClientSecret)
{
    /// <inheritdoc/>
    public override string ToString() => $"HeldSecret {ClientSecretId}";
}
