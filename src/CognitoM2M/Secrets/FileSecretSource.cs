namespace CognitoM2M.Secrets;

/// <summary>A secret in a file of its own. Opened by its path each time, so that a turned symbolic link is followed to the new file.</summary>
internal sealed class FileSecretSource(string path) : ICognitoClientSecretSource
{
    public async ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken) =>
        await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
}
