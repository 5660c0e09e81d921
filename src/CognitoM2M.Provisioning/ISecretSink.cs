namespace CognitoM2M.Provisioning;

/// <summary>Receives the secrets of app clients and the passwords of technical users. Secrets leave provisioning in no other way.</summary>
/// <remarks>
/// An exception that a sink throws becomes a <see cref="CognitoProvisioningException"/> with <see cref="ProvisioningError.Secret"/>.
/// Its message is shown to users, so it must not hold a secret.
/// </remarks>
public interface ISecretSink
{
    /// <summary>Checks that the sink can store secrets. Called once, before anything is changed.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Finds the secret that the sink holds for an app client.</summary>
    /// <param name="clientName">The name of the app client in the blueprint.</param>
    /// <param name="clientId">The id of the app client.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null if the sink holds no secret for this client id, or cannot tell. The default implementation returns null.</returns>
    ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<HeldSecret?>(null);

    /// <summary>Finds the app client whose secret the sink holds under a name. Asked before anything is changed, so that no secret is lost.</summary>
    /// <param name="clientName">The name of the app client in the blueprint.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null if the sink holds no secret under this name, or cannot tell. The default implementation returns null.</returns>
    ValueTask<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken) =>
        ValueTask.FromResult<SecretOwner?>(null);

    /// <summary>
    /// Stores a secret. It replaces the secret that the sink holds for the same app client. A sink that can tell refuses to replace the secret
    /// of another app client, unless <see cref="AppClientCredentials.MayReplaceOther"/> is set.
    /// </summary>
    /// <param name="credentials">The secret, and what a service needs beside it to get tokens.</param>
    /// <param name="cancellationToken">Ends the attempt. Never cancelled for a secret that Cognito does not show again.</param>
    ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken);

    /// <summary>
    /// Stores what a service needs beside the secret, and the secret if the sink holds none of the same app client. Another secret that the sink
    /// holds stays (<see cref="AppClientCredentials.Keep"/>): a rotation may have stored it a moment ago, and Cognito never shows it again. So
    /// the sink should find and store in one step that nobody can interrupt.
    /// </summary>
    /// <param name="credentials">What to store.</param>
    /// <param name="cancellationToken">Ends the attempt. Never cancelled for a secret of a new app client.</param>
    /// <remarks>The default implementation is not one step: it calls <see cref="FindAsync"/> and then <see cref="StoreAsync"/>.</remarks>
    async ValueTask RefreshAsync(AppClientCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var held = await FindAsync(credentials.ClientName, credentials.ClientId, cancellationToken).ConfigureAwait(false);
        await StoreAsync(credentials.Keep(held), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stores what a service needs to sign in as a technical user. An apply calls it without user name and password for each app client without a
    /// secret, whose settings a service needs all the same.
    /// </summary>
    /// <param name="user">What to store.</param>
    /// <param name="cancellationToken">Ends the attempt. Never cancelled for the password of a new user.</param>
    /// <exception cref="NotSupportedException">The default implementation stores no password. It ignores settings without a password.</exception>
    ValueTask StoreUserAsync(UserCredentials user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Password is null
            ? ValueTask.CompletedTask
            : throw new NotSupportedException($"{GetType().Name} stores secrets of app clients, but no passwords of users.");
    }
}
