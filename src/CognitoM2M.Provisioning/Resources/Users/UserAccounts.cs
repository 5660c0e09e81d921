using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Creates and deletes users of a user pool on AWS or of an emulator, and finds temporary users.</summary>
internal sealed class UserAccounts(IUserPoolService service, TimeProvider time, ProgressReport progress)
{
    private const int PageSize = 60;
    private const string Email = "email";

    /// <summary>Creates a user with a generated password, who can sign in at once. No message is sent.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="username">The name; null for the name of a temporary user.</param>
    /// <param name="given">The attributes.</param>
    /// <param name="emailDomain">The domain of the address of a temporary user.</param>
    /// <param name="keep">What must succeed for the user to stay, such as storing the password.</param>
    /// <param name="cancellationToken">Ends the work between two requests.</param>
    /// <exception cref="CognitoProvisioningException">There is no such user now: if Cognito has created one, it was deleted, or the message names the command that does.</exception>
    public async Task<UserAccount> CreateAsync(
        UserPool pool, string? username, IReadOnlyDictionary<string, string> given, string emailDomain, Func<UserAccount, Task> keep, CancellationToken cancellationToken)
    {
        var name = username ?? TemporaryUserName.Create(time.GetUtcNow(), NeedsAddress(pool) ? emailDomain : null);
        var account = new UserAccount(pool.Id!, name, GeneratedPassword.Create(pool.Policies?.PasswordPolicy?.MinimumLength));
        progress.ReportChange($"create user '{name}'", 0, 1);
        var id = await CreateAsync(account, ListAttributes(pool, name, given), isNameUnique: username is null, cancellationToken).ConfigureAwait(false);
        account = account with { Id = id };
        try
        {
            var password = new AdminSetUserPasswordRequest { UserPoolId = pool.Id!, Username = account.Id, Password = account.Password, Permanent = true };
            await service.CallAsync(UserOperations.SetPassword, password, cancellationToken).ConfigureAwait(false);
            // Before the password is kept: a receiver of reports may throw, and then the user is deleted again.
            progress.ReportChange("done", 1, 1);
            await keep(account).ConfigureAwait(false);
            return account;
        }
        catch (Exception e)
        {
            await RemoveAfterFailureAsync(account, e).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Deletes a user.</summary>
    /// <returns>Whether the user existed.</returns>
    public async Task<bool> DeleteAsync(string userPoolId, string username, CancellationToken cancellationToken)
    {
        try
        {
            await service.CallAsync(UserOperations.Delete, new(userPoolId, username), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CognitoProvisioningException e) when (e.ErrorCode == ServiceRefusal.UserNotFound)
        {
            return false;
        }
    }

    /// <summary>The temporary users who are at least this old, by their name and by Cognito's date.</summary>
    public async Task<IReadOnlyList<TemporaryUserDescription>> ListTemporaryAsync(UserPool pool, TimeSpan olderThan, CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() - olderThan;
        var attribute = NeedsAddress(pool) ? Email : "username";
        var found = new List<TemporaryUserDescription>();
        string? next = null;
        do
        {
            progress.ReportReading("temporary users", found.Count);
            // Without a choice of attributes: Cognito refuses a request for an attribute that a user lacks.
            var request = new ListUsersRequest(pool.Id!, null, PageSize, next, $"{attribute} ^= \"{TemporaryUserName.Marker}\"");
            var page = await service.CallAsync(UserPoolOperations.ListUsers, request, cancellationToken).ConfigureAwait(false);
            found.AddRange((page.Users ?? []).Select(Describe).OfType<TemporaryUserDescription>().Where(user => user.CreatedAt <= latest));
            next = page.PaginationToken;
        }
        while (!string.IsNullOrEmpty(next));

        return [.. found.OrderBy(user => user.CreatedAt).ThenBy(user => user.Username, StringComparer.Ordinal)];

        TemporaryUserDescription? Describe(UserDescription user)
        {
            var name = attribute == Email ? user.Attributes?.FirstOrDefault(own => own.Name == Email)?.Value : user.Username;
            if (TemporaryUserName.FindTime(name) is not { } named || user.Username is null)
                return null;

            // A name alone could be wrong, so the later of the two dates counts.
            var dated = user.UserCreateDate is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : named;
            return new() { Id = user.Username, Username = name!, CreatedAt = dated > named ? dated : named };
        }
    }

    /// <summary>Whether users of the pool sign in with an address in place of a user name.</summary>
    /// <exception cref="CognitoProvisioningException">Users sign in with phone numbers alone.</exception>
    private static bool NeedsAddress(UserPool pool) => pool.UsernameAttributes switch
    {
        null or [] => false,
        var names when names.Contains(Email, StringComparer.Ordinal) => true,
        _ => throw new CognitoProvisioningException(
            ProvisioningError.Configuration,
            $"Users of user pool {pool.Id} sign in with phone numbers, and no phone number can be marked as temporary.",
            "Use a user pool where users sign in with a user name or an email address."),
    };

    private static List<UserAttribute> ListAttributes(UserPool pool, string username, IReadOnlyDictionary<string, string> given)
    {
        var all = given.Select(attribute => new UserAttribute(attribute.Key, attribute.Value)).ToList();
        if (pool.UsernameAttributes is not { Count: > 0 } || !username.Contains('@', StringComparison.Ordinal))
            return all;

        if (!given.ContainsKey(Email))
            all.Add(new(Email, username));
        if (!given.ContainsKey("email_verified"))
            all.Add(new("email_verified", "true"));
        return all;
    }

    /// <returns>The name by which Cognito knows the user. In a user pool with addresses in place of user names, it is the <c>sub</c>.</returns>
    private async Task<string> CreateAsync(UserAccount account, List<UserAttribute> attributes, bool isNameUnique, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AdminCreateUserRequest(account.UserPoolId, account.Username, attributes, "SUPPRESS");
            var answer = await service.CallAsync(UserOperations.Create, request, cancellationToken).ConfigureAwait(false);
            return answer.User?.Username ?? account.Username;
        }
        catch (CognitoProvisioningException e) when (e.MayBeCarriedOut && !isNameUnique)
        {
            // The lost answer may have been the error that a user of this name exists already. That user must not be deleted.
            throw new CognitoProvisioningException(
                e.Error,
                e.Message,
                $"It is not known whether the user '{account.Username}' was created. If there was no such user before, delete the user, because nobody knows the password: {RemovalCommand.CreateForUser(account.UserPoolId, account.Username)}",
                e);
        }
        catch (CognitoProvisioningException e) when (e.MayBeCarriedOut)
        {
            // The answer was lost.
            await RemoveAfterFailureAsync(account, e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RemoveAfterFailureAsync(UserAccount account, Exception failure)
    {
        try
        {
            await DeleteAsync(account.UserPoolId, account.Id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException)
        {
            var cause = failure as CognitoProvisioningException;
            throw new CognitoProvisioningException(
                cause?.Error ?? ProvisioningError.Refused,
                cause?.Message ?? "The user was created, and then the work was stopped.",
                $"The user '{account.Username}' could not be deleted either. Delete it: {RemovalCommand.CreateForUser(account.UserPoolId, account.Id)}",
                failure);
        }
    }
}
