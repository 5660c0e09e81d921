using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>
/// A user for a test: created with a random password, able to sign in at once, and deleted when the object is disposed.
/// <see cref="ToString"/> leaves the password out.
/// </summary>
/// <remarks>
/// No message is sent to the user. If the process is killed, the user stays; <see cref="CognitoProvisioner.ListTemporaryUsersAsync"/> and the command
/// <c>cognito-m2m user sweep</c> find such users by their names. Amazon Cognito counts each user as active in its month.
/// </remarks>
public sealed class TemporaryUser : IAsyncDisposable
{
    private readonly Func<Task> _delete;
    private readonly IDisposable? _owned;
    private int _isDisposed;

    internal TemporaryUser(string userPoolId, string id, string username, string password, Func<Task> delete, IDisposable? owned = null)
    {
        (UserPoolId, Id, Username, Password) = (userPoolId, id, username, password);
        (_delete, _owned) = (delete, owned);
    }

    /// <summary>The id of the user pool, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    public string UserPoolId { get; }

    /// <summary>The name by which Cognito knows the user. In a user pool with addresses in place of user names, it is the <c>sub</c>.</summary>
    public string Id { get; }

    /// <summary>The name that the user signs in with: a marker, the time, and random characters.</summary>
    public string Username { get; }

    /// <summary>The password.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Password { get; }

    /// <summary>Creates a user in a user pool.</summary>
    /// <param name="userPool">The id of the user pool, or its name.</param>
    /// <param name="options">Attributes of the user; none by default.</param>
    /// <param name="provisioner">Region, credentials and address; by default from the sources of the AWS tools.</param>
    /// <param name="cancellationToken">Ends the work between two requests. No user stays behind.</param>
    /// <exception cref="CognitoProvisioningException">No user was created.</exception>
    public static async Task<TemporaryUser> CreateAsync(
        string userPool, TemporaryUserOptions? options = null, CognitoProvisionerOptions? provisioner = null, CancellationToken cancellationToken = default)
    {
        var own = new CognitoProvisioner(provisioner ?? new());
        try
        {
            var user = await own.CreateTemporaryUserAsync(userPool, options, progress: null, cancellationToken).ConfigureAwait(false);
            return new(user.UserPoolId, user.Id, user.Username, user.Password, user._delete, own);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the user. A user who is gone already is no error.</summary>
    /// <exception cref="CognitoProvisioningException">The user could not be deleted. The message names the command that deletes the user.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        try
        {
            await _delete().ConfigureAwait(false);
        }
        finally
        {
            _owned?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Username;
}
