using CognitoM2M.Secrets;

namespace CognitoM2M;

/// <summary>Makes sources of client secrets.</summary>
public static class CognitoClientSecretSource
{
    /// <summary>
    /// A file that holds nothing but the secret, read anew each time: as Kubernetes and ECS mount secrets, replaced as a whole or by
    /// turning a symbolic link.
    /// </summary>
    /// <param name="path">The file; need not exist yet.</param>
    public static ICognitoClientSecretSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileSecretSource(path);
    }

    /// <summary>A delegate of yours; see <see cref="ICognitoClientSecretSource.GetSecretAsync"/>.</summary>
    /// <param name="getSecret">Takes the name of the client.</param>
    public static ICognitoClientSecretSource From(Func<string, CancellationToken, ValueTask<string>> getSecret)
    {
        ArgumentNullException.ThrowIfNull(getSecret);
        return new DelegateSecretSource(getSecret);
    }
}
