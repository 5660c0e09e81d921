using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Deletes domains and waits. A domain is gone only some time after Cognito has accepted its deletion.</summary>
internal sealed class DomainRemoval(PlanRun run)
{
    /// <summary>The pause between two looks at a domain that is being deleted.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = run.Options.TimeProvider;

    public static bool IsBeingDeleted(DomainDescription description) => description.Status == "DELETING";

    /// <summary>Deletes a domain of the user pool and waits until the domain is gone. A domain that is already gone is no error.</summary>
    public async Task RemoveAsync(string domain, CancellationToken cancellationToken)
    {
        var description = await run.Service.FindDomainAsync(domain, cancellationToken).ConfigureAwait(false);
        if (description is null || description.UserPoolId != run.UserPoolId)
            return;

        if (!IsBeingDeleted(description))
            await DeleteAsync(domain, cancellationToken).ConfigureAwait(false);
        await WaitUntilGoneAsync(domain, cancellationToken).ConfigureAwait(false);
    }

    public async Task WaitUntilGoneAsync(string domain, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetTimestamp();
        while (await run.Service.FindDomainAsync(domain, cancellationToken).ConfigureAwait(false) is { } description)
        {
            if (_time.GetElapsedTime(startedAt) >= run.Options.DomainRemovalTimeout)
            {
                throw new CognitoProvisioningException(
                    ProvisioningError.TimedOut, $"The domain '{domain}' was deleted but is not gone yet. Its status is {OneLine.Show(description.Status)}.", "Run again later.");
            }

            run.Progress.ReportWaiting($"domain '{domain}' to be gone; its status is {OneLine.Show(description.Status)}");
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(string domain, CancellationToken cancellationToken)
    {
        try
        {
            await run.Service.CallAsync(DomainOperations.Delete, new(domain, run.UserPoolId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Another caller has deleted the domain.
        }
    }
}
