using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Settings;

/// <summary>
/// Everything that decides which token a request gets and how it is fetched. Two requests share an entry only if all of it is equal. The
/// secret is in the key as a digest, or as the place it comes from, so that a key can be kept and compared without keeping the secret.
/// </summary>
internal sealed record TokenEntryKey(
    CognitoTokenRoute Route,
    string Endpoint,
    CognitoClientAuthentication Authentication,
    string ClientId,
    string SecretIdentity,
    string Scopes,
    string Metadata)
{
    /// <summary>The user to sign in; null on the routes of machines.</summary>
    public string? Username { get; init; }

    /// <summary>Which token of the user is sent.</summary>
    public CognitoTokenKind TokenKind { get; init; }

    /// <summary>How tokens are fetched; a change of these settings keeps the token.</summary>
    public FetchLimits Limits { get; init; } = FetchLimits.Default;

    /// <summary>Whether a token for the other key serves for this key as well: both ask the same app client, for the same user, for the same scopes.</summary>
    public bool AsksForSameToken(TokenEntryKey other) =>
        Route == other.Route && Endpoint == other.Endpoint && ClientId == other.ClientId && Username == other.Username && TokenKind == other.TokenKind
        && Scopes == other.Scopes && Metadata == other.Metadata;

    public override string ToString() => Username is null ? $"{ClientId} at {Endpoint} for [{Scopes}]" : $"{ClientId} at {Endpoint} for user {Username}";
}

/// <summary>The settings of a client that say how its tokens are fetched, and not which tokens.</summary>
internal sealed record FetchLimits(
    TimeSpan AttemptTimeout, int FirstFetchAttempts, int MaxTokenRequestsPerSecond, IDistributedCache? DistributedCache, TimeSpan DistributedCacheTimeout, double UsdPerTokenRequest)
{
    public static readonly FetchLimits Default = Create(new CognitoM2MClientOptions());

    public static FetchLimits Create(CognitoM2MClientOptions options) => new(
        options.AttemptTimeout, options.FirstFetchAttempts, options.MaxTokenRequestsPerSecond, options.DistributedCache, options.DistributedCacheTimeout,
        // Cognito charges for a user by the month, for any number of sign-ins.
        options.Route == CognitoTokenRoute.UserPassword ? 0 : options.UsdPerTokenRequest);
}
