using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>
/// Stores secrets and passwords in a JSON file with the configuration section <c>CognitoM2M:Clients</c>, one child for each app client, as
/// <c>AddCognitoM2MClients</c> reads it. Everything else in an existing file stays.
/// </summary>
/// <remarks>
/// On Linux and macOS only the owner can read the file (mode 0600). On Windows the file takes the access rights of its folder. A change is
/// written to a second file (<c>.NAME.new</c>), which then takes the place of the first, so no reader ever sees half of a change. An empty
/// file beside it (<c>.NAME.lock</c>) lets one process at a time write; it stays. Keep all of them out of version control.
/// </remarks>
public sealed class FileSecretSink : ISecretSink
{
    private readonly string _target;
    private readonly FilePrivacy _privacy;
    private readonly TimeProvider _time;

    /// <summary>Creates a sink for a file. The file need not exist.</summary>
    /// <param name="path">The path of the file, whose folder must exist. A symbolic link is followed.</param>
    public FileSecretSink(string path)
        : this(path, FilePrivacy.Current, TimeProvider.System)
    {
    }

    internal FileSecretSink(string path, FilePrivacy privacy, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        _privacy = privacy;
        _time = time;

        // Replacing the link itself would leave the file that it points to unchanged.
        _target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>Checks that the file can be read and replaced.</summary>
    /// <exception cref="IOException">The folder does not exist, the file is a pipe or a device, or another process keeps writing the file for 30 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read, or its folder cannot be written to.</exception>
    /// <exception cref="InvalidDataException">The file is not a JSON object, or holds comments.</exception>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken).ConfigureAwait(false))
            await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Find(clientName, clientId);

    /// <inheritdoc/>
    public async ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).FindOwner(clientName);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds the secret of another app client under this name.</exception>
    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken) =>
        ChangeAsync(credentials, document => document.Store(credentials), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds the secret of another app client under this name.</exception>
    public ValueTask RefreshAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => ChangeAsync(
        credentials, document => document.Store(credentials.Keep(document.Find(credentials.ClientName, credentials.ClientId))), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds a secret or a password of another app client under this name.</exception>
    public ValueTask StoreUserAsync(UserCredentials user, CancellationToken cancellationToken) =>
        ChangeAsync(user, document => document.Store(user), cancellationToken);

    private async ValueTask ChangeAsync(object stored, Action<SecretsDocument> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        using (await LockAsync(cancellationToken).ConfigureAwait(false))
        {
            var document = await ReadAsync(cancellationToken).ConfigureAwait(false);
            change(document);
            if (document.IsChanged || _privacy.IsOpenToOthers(_target))
                await FileReplacement.ReplaceAsync(_target, document.Write(), _privacy, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        // A device is refused before a lock file is created beside it.
        FileKind.RequireRegular(_target);
        return FileLock.AcquireAsync(_target, _privacy, _time, cancellationToken);
    }

    private async Task<SecretsDocument> ReadAsync(CancellationToken cancellationToken) =>
        await FileReplacement.ReadAsync(_target, cancellationToken).ConfigureAwait(false) is { } content
            ? SecretsDocument.Parse(content, Path)
            : SecretsDocument.CreateEmpty();
}
