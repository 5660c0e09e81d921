using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Deletes domains, which are gone only some time after Cognito has agreed.</summary>
internal sealed class DomainRemoval(ICognitoUserPoolApi api, ProgressReport progress, TimeProvider time, TimeSpan timeout)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    /// <summary>Deletes a domain and waits until it is gone. One that is gone, or on its way, is no error.</summary>
    public async Task RemoveAsync(string domain, string userPoolId, CancellationToken cancellationToken)
    {
        var description = await api.FindDomainAsync(domain, cancellationToken).ConfigureAwait(false);
        if (description is null || description.UserPoolId != userPoolId)
            return;

        if (!IsBeingDeleted(description))
            await DeleteAsync(domain, userPoolId, cancellationToken).ConfigureAwait(false);
        await WaitUntilGoneAsync(domain, cancellationToken).ConfigureAwait(false);
    }

    public async Task WaitUntilGoneAsync(string domain, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (await api.FindDomainAsync(domain, cancellationToken).ConfigureAwait(false) is { } description)
        {
            if (time.GetElapsedTime(startedAt) >= timeout)
            {
                throw new CognitoProvisioningException(
                    ProvisioningError.TimedOut, $"The domain '{domain}' was deleted but is not gone yet; its status is {description.Status}.", "Run again later.");
            }

            progress.Wait($"domain '{domain}' to be gone");
            await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Deletes the pool once no domain is in the way: one that an interrupted run has deleted no longer shows, and yet stands in the way.
    /// </summary>
    public async Task OnceGoneAsync(Func<Task> deletePool, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                await deletePool().ConfigureAwait(false);
                return;
            }
            catch (CognitoProvisioningException e) when (IsAboutDomain(e) && time.GetElapsedTime(startedAt) < timeout)
            {
                progress.Wait("the domain of the user pool to be gone");
                await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public static bool IsBeingDeleted(DomainDescription description) => description.Status == "DELETING";

    private static bool IsAboutDomain(CognitoProvisioningException exception) =>
        exception.ErrorCode == ServiceErrors.InvalidParameter && exception.Message.Contains("domain", StringComparison.OrdinalIgnoreCase);

    private async Task DeleteAsync(string domain, string userPoolId, CancellationToken cancellationToken)
    {
        try
        {
            await api.DeleteUserPoolDomainAsync(new(domain, userPoolId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Somebody else was faster.
        }
    }
}
