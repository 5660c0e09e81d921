using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Diagnostics;
using CognitoM2M.Time;

namespace CognitoM2M.Secrets;

/// <summary>The secret of one app client, from any source.</summary>
internal abstract class ClientSecret
{
    public const int MaxLength = 1024;

    /// <summary>Tells this secret from others without revealing it: a digest of the secret, or the place it comes from. Part of the key of cache entries.</summary>
    public abstract string Identity { get; }

    /// <summary>The last question to the source of the secret; null if there was none.</summary>
    public SecretQuestion? Question { get; set; }

    /// <summary>Whether a question for the secret costs so little that it may be asked every second.</summary>
    public virtual bool IsCheap => false;

    /// <param name="clientName">The client's name.</param>
    /// <param name="options">The client's options; valid.</param>
    /// <param name="former">The client's secret until now. If the secret still comes from the same place, the answer that is known stays known.</param>
    public static ClientSecret Create(string clientName, CognitoM2MClientOptions options, ClientSecret? former)
    {
        if (options.ClientSecretSource is { } source)
            return SourcedClientSecret.Create(clientName, source, $"source of {clientName}", former);
        if (options.ClientSecretFile is { Length: > 0 } path)
            return SourcedClientSecret.Create(clientName, new FileSecretSource(path), $"file {path}", former);
        return new FixedClientSecret(options.ClientSecret!);
    }

    /// <summary>A digest of a secret that can be kept and compared without keeping the secret.</summary>
    public static string Digest(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether the text consists of characters that a secret can have: visible ASCII.</summary>
    public static bool IsWellFormed(string secret) => !secret.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E');

    /// <summary>Returns the secret to use now.</summary>
    /// <exception cref="SecretUnavailableException">The source gave no secret.</exception>
    public abstract ValueTask<string> GetAsync(SecretRequest request);

    /// <summary>Returns another secret after Cognito refused this one; null if there is none.</summary>
    /// <exception cref="SecretUnavailableException">The source gave no secret.</exception>
    public abstract ValueTask<string?> GetOtherAsync(string refused, SecretRequest request);
}

/// <summary>How long a source may take to give a secret, what ends the wait, and where failures of the source are reported.</summary>
internal readonly record struct SecretRequest(MonotonicClock Clock, TimeSpan TimeLimit, TokenTelemetry Telemetry, CancellationToken Stopping);

/// <summary>There is no secret, and so no token. The message says why. It holds nothing of what the source gave.</summary>
internal sealed class SecretUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether a later question can succeed without anybody changing anything.</summary>
    public bool IsTransient { get; } = SecretRingException.Find(cause) is null;
}
