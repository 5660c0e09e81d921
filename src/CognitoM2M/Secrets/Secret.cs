using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Diagnostics;
using CognitoM2M.Time;

namespace CognitoM2M.Secrets;

/// <summary>The credential that a client gets its token with: the secret of an app client, or the password of a user. It may come from any source.</summary>
internal abstract class Secret
{
    /// <summary>Tells this secret from others without revealing it: a digest of the secret, or the place it comes from. Part of the key of cache entries.</summary>
    public abstract string Identity { get; }

    /// <summary>The questions to sources of the secret that were asked last; empty if there was none.</summary>
    public abstract IEnumerable<SecretQuestion> Questions { get; }

    /// <summary>Whether this is the other secret, or the other secret is a part of it.</summary>
    public virtual bool Includes(Secret other) => this == other;

    /// <summary>Whether a question for the secret costs so little that it may be asked every second.</summary>
    public virtual bool IsCheap => false;

    /// <summary>Whether the secret never changes, so that asking for another secret cannot help.</summary>
    public virtual bool IsFixed => false;

    /// <param name="clientName">The client's name.</param>
    /// <param name="options">The client's options; valid.</param>
    /// <param name="former">The client's secret until now. If the secret still comes from the same place, the answer that is known stays known.</param>
    public static Secret Create(string clientName, CognitoM2MClientOptions options, Secret? former) => options.Route == CognitoTokenRoute.UserPassword
        ? UserCredential.Create(clientName, options, former as UserCredential)
        : CreateClientSecret(clientName, options, former);

    /// <summary>Makes the client secret of the options.</summary>
    public static Secret CreateClientSecret(string clientName, CognitoM2MClientOptions options, Secret? former) =>
        Create(clientName, SecretKind.ClientSecret, options.ClientSecret, options.ClientSecretFile, options.ClientSecretSource, former);

    /// <summary>Makes the password of the options.</summary>
    public static Secret CreatePassword(string clientName, CognitoM2MClientOptions options, Secret? former) =>
        Create(clientName, SecretKind.Password, options.Password, options.PasswordFile, options.PasswordSource, former);

    /// <summary>A digest of a secret that can be kept and compared without keeping the secret.</summary>
    public static string Digest(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Returns the secret to use now.</summary>
    /// <exception cref="SecretUnavailableException">The source gave no secret.</exception>
    public abstract ValueTask<string> GetAsync(SecretRequest request);

    /// <summary>Returns another secret after Cognito refused this one; null if there is none.</summary>
    /// <exception cref="SecretUnavailableException">The source gave no secret.</exception>
    public abstract ValueTask<string?> GetOtherAsync(string refused, SecretRequest request);

    private static Secret Create(
        string clientName, SecretKind kind, string? value, string? file, ICognitoSecretSource? source, Secret? former) =>
        source is not null ? SourcedSecret.Create(clientName, kind, source, $"source of {clientName}", former)
        : file is { Length: > 0 } path ? SourcedSecret.Create(clientName, kind, new FileSecretSource(path), $"file {path}", former)
        : new FixedSecret(value!);
}

/// <summary>How long a source may take to give a secret, what ends the wait, and where failures of the source are reported.</summary>
internal readonly record struct SecretRequest(MonotonicClock Clock, TimeSpan TimeLimit, TokenTelemetry Telemetry, CancellationToken Stopping);

/// <summary>There is no secret, and so no token. The message says why. It holds nothing of what the source gave.</summary>
internal sealed class SecretUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether a later question can succeed without anybody changing anything.</summary>
    public bool IsTransient { get; } = SecretRingException.Find(cause) is null;
}
