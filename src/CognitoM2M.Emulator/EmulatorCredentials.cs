using System.Diagnostics;

namespace CognitoM2M.Emulator;

/// <summary>An AWS access key, to sign requests with.</summary>
public sealed class EmulatorCredentials
{
    /// <summary>Creates an access key.</summary>
    /// <param name="accessKeyId">Not secret; stands in every signed request.</param>
    /// <param name="secretAccessKey">Never sent.</param>
    public EmulatorCredentials(string accessKeyId, string secretAccessKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
    }

    /// <summary>The public half.</summary>
    public string AccessKeyId { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string SecretAccessKey { get; }

    /// <summary>The access key id.</summary>
    public override string ToString() => AccessKeyId;
}
