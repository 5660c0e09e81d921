using CognitoM2M.Diagnostics;
using CognitoM2M.Time;

namespace CognitoM2M.Secrets;

/// <summary>The secret of one app client, wherever it comes from.</summary>
internal abstract class ClientSecret
{
    public const int Longest = 1024;

    /// <summary>What tells this secret from others, without being it: part of what tokens are kept under.</summary>
    public abstract string Identity { get; }

    public static ClientSecret Of(string clientName, CognitoM2MClientOptions options) =>
        options.ClientSecretSource is { } source ? new SourcedClientSecret(clientName, source, $"source of {clientName}")
        : options.ClientSecretFile is { Length: > 0 } path ? new SourcedClientSecret(clientName, new FileSecretSource(path), $"file {path}")
        : new FixedClientSecret(options.ClientSecret!);

    /// <summary>Whether the text consists of characters that a secret can have.</summary>
    public static bool IsWellFormed(string secret) => !secret.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E');

    /// <summary>The secret to use now.</summary>
    /// <exception cref="SecretUnavailableException">There is none to be had.</exception>
    public abstract ValueTask<string> GetAsync(SecretRequest request);

    /// <summary>Another secret, after Cognito refused this one; null if there is none.</summary>
    public abstract ValueTask<string?> GetOtherAsync(string refused, SecretRequest request);
}

/// <summary>What asking for a secret is bound by, and where it is reported.</summary>
internal readonly record struct SecretRequest(MonotonicClock Clock, TimeSpan Patience, TokenTelemetry Telemetry, CancellationToken Stopping);

/// <summary>No secret, and so no token. The message says why and holds nothing of what the source gave.</summary>
internal sealed class SecretUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
