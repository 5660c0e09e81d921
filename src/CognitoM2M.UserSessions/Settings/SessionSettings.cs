using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Sealing;

namespace CognitoM2M.UserSessions.Settings;

/// <summary>The settings of one app client, read once from valid options.</summary>
/// <remarks>A class and not a record, because the text of a record would show the secret.</remarks>
internal sealed class SessionSettings(CognitoUserSessionsOptions options)
{
    public Uri Service { get; } = options.ServiceUrl ?? CognitoAddresses.Service(options.Region!, options.UseFips);

    /// <summary>The address of the domain; null if there is none.</summary>
    public Uri? Domain { get; } = options.DomainUrl
        ?? (options.Domain is { Length: > 0 } domain ? new Uri(CognitoAddresses.DomainTokenEndpoint(domain, options.Region, options.UseFips), "/") : null);

    public string ClientId { get; } = options.ClientId!;

    public string? ClientSecret { get; } = string.IsNullOrEmpty(options.ClientSecret) ? null : options.ClientSecret;

    public IReadOnlyList<string> CallbackUrls { get; } = [.. options.CallbackUrls];

    public IReadOnlyList<string> LogoutUrls { get; } = [.. options.LogoutUrls];

    public TimeSpan StateLifetime { get; } = options.StateLifetime;

    /// <summary>The secrets of every request that holds the client secret.</summary>
    public IReadOnlyList<string> Secrets => ClientSecret is { } secret ? [secret] : [];

    /// <summary>The protector; null if there is none.</summary>
    public ICognitoStateProtector? Protector { get; } = options.StateProtector
        ?? (options.StateKeys.Count > 0 ? new KeyProtector(options.StateKeys.Select(key => KeyProtector.TryReadKey(key)!)) : null);

    /// <summary>The hash that proves the client secret (SECRET_HASH); null for a public client.</summary>
    /// <param name="username">The user name in the same request.</param>
    public string? CreateSecretHash(string username) => ClientSecret is { } secret ? SecretHash.Compute(secret, username, ClientId) : null;

    /// <exception cref="InvalidOperationException">No domain is configured.</exception>
    public Uri RequireDomain() => Domain ?? throw new InvalidOperationException("This needs the domain of the user pool. Set Domain or DomainUrl.");

    /// <exception cref="InvalidOperationException">No keys are configured.</exception>
    public ICognitoStateProtector RequireProtector() =>
        Protector ?? throw new InvalidOperationException("This needs keys. Set StateKeys or StateProtector.");
}
