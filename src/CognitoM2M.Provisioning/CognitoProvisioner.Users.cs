using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning;

/// <content>Technical users.</content>
public sealed partial class CognitoProvisioner
{
    /// <summary>Creates a user for a test, who is deleted when the returned object is disposed.</summary>
    /// <param name="userPool">The id of the user pool, or its name.</param>
    /// <param name="options">Attributes of the user; none by default.</param>
    /// <param name="progress">Receives reports of what is done.</param>
    /// <param name="cancellationToken">Ends the work between two requests. No user stays behind.</param>
    /// <returns>The user. Dispose the user before the provisioner.</returns>
    public async Task<TemporaryUser> CreateTemporaryUserAsync(
        string userPool, TemporaryUserOptions? options = null, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userPool);
        options ??= new();
        var pool = await _service.GetUserPoolAsync(userPool, new(progress), cancellationToken).ConfigureAwait(false);
        var account = await CreateAccounts(progress)
            .CreateAsync(pool, username: null, options.Attributes.AsReadOnly(), options.EmailDomain, keep: _ => Task.CompletedTask, cancellationToken)
            .ConfigureAwait(false);
        return new(account.UserPoolId, account.Id, account.Username, account.Password, () => DeleteForSureAsync(account));
    }

    /// <summary>Creates a technical user with a generated password, and hands the password to a sink. If the sink fails, the user is deleted again.</summary>
    /// <param name="userPool">The id of the user pool, or its name.</param>
    /// <param name="options">The name of the user, and the app client that the user signs in with.</param>
    /// <param name="secrets">Receives the password.</param>
    /// <param name="progress">Receives reports of what is done.</param>
    /// <param name="cancellationToken">Ends the work between two requests. No user stays behind whose password was not stored.</param>
    /// <returns>The user, without the password.</returns>
    public async Task<UserCredentials> CreateUserAsync(
        string userPool, TechnicalUserOptions options, ISecretSink secrets, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userPool);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(secrets);
        var pool = await _service.GetUserPoolAsync(userPool, new(progress), cancellationToken).ConfigureAwait(false);
        var delivery = new UserDelivery(_service, secrets, _addresses);
        var settings = await delivery.PrepareAsync(pool.Id!, options, new(progress), cancellationToken).ConfigureAwait(false);

        UserCredentials? stored = null;
        await CreateAccounts(progress).CreateAsync(
            pool, options.Username, options.Attributes.AsReadOnly(), options.EmailDomain,
            // The cancellation of the caller does not stop this: the password is known to nobody else.
            async account => await delivery.StoreAsync(stored = settings with { Username = account.Username, Password = account.Password }).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return stored! with { Password = null };
    }

    /// <summary>Deletes a user.</summary>
    /// <param name="userPool">The id of the user pool, or its name.</param>
    /// <param name="username">The name of the user, or the <c>sub</c>.</param>
    /// <param name="cancellationToken">Ends the work between two requests.</param>
    /// <returns>Whether the user existed.</returns>
    public async Task<bool> DeleteUserAsync(string userPool, string username, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userPool);
        ArgumentException.ThrowIfNullOrEmpty(username);
        var pool = await _service.GetUserPoolAsync(userPool, new(null), cancellationToken).ConfigureAwait(false);
        return await CreateAccounts(progress: null).DeleteAsync(pool.Id!, username, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the temporary users that a run has left behind. Changes nothing.</summary>
    /// <param name="userPool">The id of the user pool, or its name.</param>
    /// <param name="olderThan">How old a user must be. Younger users may belong to a run that has not ended yet.</param>
    /// <param name="progress">Receives reports of what is being read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The oldest first. A user whose name was not made by this library is never in the list.</returns>
    public async Task<IReadOnlyList<TemporaryUserDescription>> ListTemporaryUsersAsync(
        string userPool, TimeSpan olderThan, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userPool);
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
        var pool = await _service.GetUserPoolAsync(userPool, new(progress), cancellationToken).ConfigureAwait(false);
        return await CreateAccounts(progress).ListTemporaryAsync(pool, olderThan, cancellationToken).ConfigureAwait(false);
    }

    private UserAccounts CreateAccounts(IProgress<ProvisioningProgress>? progress) => new(_service, _options.TimeProvider, new(progress));

    private async Task DeleteForSureAsync(UserAccount account)
    {
        try
        {
            await CreateAccounts(progress: null).DeleteAsync(account.UserPoolId, account.Id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e)
        {
            throw new CognitoProvisioningException(
                e.Error, $"The temporary user '{account.Username}' could not be deleted: {e.Message}", $"Delete the user: {RemovalCommand.CreateForUser(account.UserPoolId, account.Id)}", e);
        }
    }
}
