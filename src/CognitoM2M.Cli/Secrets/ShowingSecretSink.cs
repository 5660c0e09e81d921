using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Secrets;

/// <summary>Keeps secrets so that the command can print them, and passes them on.</summary>
/// <param name="next">Stores the secrets; null if they are not stored.</param>
internal sealed class ShowingSecretSink(ISecretSink? next) : ISecretSink
{
    private readonly List<ShownSecret> _shown = [];

    public IReadOnlyList<ShownSecret> Shown => _shown;

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => next?.PrepareAsync(cancellationToken) ?? ValueTask.CompletedTask;

    public async ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        if (next is null || await next.FindAsync(clientName, clientId, cancellationToken).ConfigureAwait(false) is not { } held)
            return null;

        if (held.ClientSecret is { } secret)
            Show(clientName, clientId, secret);

        return held;
    }

    public ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) =>
        next?.FindOwnerAsync(clientName, cancellationToken) ?? ValueTask.FromResult<SecretOwner?>(null);

    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        Show(credentials.ClientName, credentials.ClientId, credentials.ClientSecret);
        return next?.StoreAsync(credentials, cancellationToken) ?? ValueTask.CompletedTask;
    }

    public async ValueTask RefreshAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        if (next is null)
        {
            Show(credentials.ClientName, credentials.ClientId, credentials.ClientSecret);
            return;
        }

        await next.RefreshAsync(credentials, cancellationToken).ConfigureAwait(false);
        // The sink may have kept another secret, which a rotation has stored meanwhile.
        var held = await next.FindAsync(credentials.ClientName, credentials.ClientId, cancellationToken).ConfigureAwait(false);
        Show(credentials.ClientName, credentials.ClientId, held?.ClientSecret ?? credentials.ClientSecret);
    }

    /// <summary>The password of the user that was created last; null if there is none.</summary>
    public string? ShownPassword { get; private set; }

    public async ValueTask StoreUserAsync(UserCredentials user, CancellationToken cancellationToken)
    {
        if (next is not null)
            await next.StoreUserAsync(user, cancellationToken).ConfigureAwait(false);
        ShownPassword = user.Password ?? ShownPassword;
    }

    // A rotation finds the old secret before it stores the new one. Only the newest secret of an app client is printed.
    private void Show(string clientName, string clientId, string secret)
    {
        _shown.RemoveAll(other => other.ClientId == clientId);
        _shown.Add(new ShownSecret(clientName, clientId, secret));
    }
}
