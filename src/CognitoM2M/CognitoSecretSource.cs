using CognitoM2M.Secrets;

namespace CognitoM2M;

/// <summary>Makes sources of client secrets and passwords.</summary>
public static class CognitoSecretSource
{
    /// <summary>
    /// Makes a source that reads a file. The file holds the secret and nothing else, as Kubernetes and Docker mount secrets. The file is opened
    /// anew each time, so the file or a symbolic link to it may be replaced.
    /// </summary>
    /// <param name="path">The path of the file. The file may be missing until the first token request.</param>
    public static ICognitoSecretSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileSecretSource(path);
    }

    /// <summary>Makes a source that calls a delegate. The delegate follows the rules of <see cref="ICognitoSecretSource.GetSecretAsync"/>.</summary>
    /// <param name="getSecret">Takes the name of the client and returns its secret.</param>
    public static ICognitoSecretSource From(Func<string, CancellationToken, ValueTask<string>> getSecret)
    {
        ArgumentNullException.ThrowIfNull(getSecret);
        return new DelegateSecretSource(getSecret);
    }
}
