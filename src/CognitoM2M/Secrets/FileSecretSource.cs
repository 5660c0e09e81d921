namespace CognitoM2M.Secrets;

/// <summary>A secret in a file of its own. The file is opened by its path each time, so that a changed symbolic link leads to the new file.</summary>
internal sealed class FileSecretSource(string path) : ICognitoSecretSource
{
    public async ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken) =>
        await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
}
