using System.Diagnostics;

namespace CognitoM2M.Emulator;

/// <summary>An AWS access key that requests must be signed with. Any two texts will do; the key need not exist in AWS.</summary>
public sealed class EmulatorCredentials
{
    /// <summary>Creates an access key.</summary>
    /// <param name="accessKeyId">The id of the key. Not secret: every signed request shows it.</param>
    /// <param name="secretAccessKey">The secret part, which makes the signatures. No request holds it.</param>
    /// <exception cref="ArgumentException">One of the two is null or empty.</exception>
    public EmulatorCredentials(string accessKeyId, string secretAccessKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
    }

    /// <summary>The id of the key.</summary>
    public string AccessKeyId { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string SecretAccessKey { get; }

    /// <summary>The id of the key, without the secret part.</summary>
    public override string ToString() => AccessKeyId;
}
