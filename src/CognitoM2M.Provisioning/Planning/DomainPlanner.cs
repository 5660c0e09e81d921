using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Works out the steps for the domains of a user pool.</summary>
internal sealed class DomainPlanner(string? userPoolId, IUserPoolService service, ProgressReport progress, bool prune)
{
    private readonly List<PlannedStep> _steps = [];
    private readonly List<string> _unmanaged = [];

    public IReadOnlyList<PlannedStep> Steps => _steps;

    /// <summary>Domains that the blueprint does not name and the plan leaves alone.</summary>
    public IReadOnlyList<string> Unmanaged => _unmanaged;

    /// <summary>The host name that the DNS record of an existing custom domain must point to.</summary>
    public string? CustomDomainTarget { get; private set; }

    /// <summary>Plans one kind of domain: the prefix domain or the custom domain.</summary>
    /// <param name="current">The domain that the user pool has.</param>
    /// <param name="wanted">The domain that the blueprint names.</param>
    /// <param name="certificateArn">The certificate of a custom domain; null for a prefix domain.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CognitoProvisioningException">The domain belongs to another user pool.</exception>
    public async Task PlanAsync(string? current, string? wanted, string? certificateArn, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            if (current is not null)
                AddUnnamed(current);
            return;
        }

        // A prefix domain has no settings, so there is nothing to compare.
        if (current == wanted && certificateArn is null)
            return;

        progress.ReportReading($"domain '{wanted}'");
        var found = await service.FindDomainAsync(wanted, cancellationToken).ConfigureAwait(false);
        if (found is not null && (userPoolId is null || found.UserPoolId != userPoolId))
        {
            var owner = string.IsNullOrEmpty(found.UserPoolId) ? "a user pool in another account" : $"user pool {found.UserPoolId}";
            throw new CognitoProvisioningException(
                ProvisioningError.DomainTaken,
                $"The domain '{wanted}' belongs to {owner}. Nothing was changed.",
                "Choose another domain, or delete the domain of that user pool first.");
        }

        var isBeingDeleted = found is not null && DomainRemoval.IsBeingDeleted(found);
        if (found is not null && !isBeingDeleted)
            AddCertificate(found, certificateArn);
        else
            AddNew(current == wanted ? null : current, wanted, certificateArn, isBeingDeleted);
    }

    private void AddUnnamed(string current)
    {
        if (prune)
            _steps.Add(DeleteDomain.Plan(current));
        else
            _unmanaged.Add($"domain '{OneLine.Show(current)}'");
    }

    private void AddCertificate(DomainDescription found, string? certificateArn)
    {
        if (certificateArn is null)
            return;

        CustomDomainTarget = found.CloudFrontDistribution;
        if (DomainDifference.FindInCertificate(found, certificateArn) is { IsEmpty: false } update)
            _steps.Add(new UpdateDomain(update.ToStep(PlanAction.Update, PlannedKind.Domain, found.Domain!), certificateArn));
    }

    private void AddNew(string? current, string wanted, string? certificateArn, bool isBeingDeleted)
    {
        var difference = DomainDifference.FindInName(current, wanted, certificateArn);
        _steps.Add(current is null
            ? new CreateDomain(difference.ToStep(PlanAction.Create, PlannedKind.Domain, wanted), certificateArn, isBeingDeleted)
            : new ReplaceDomain(difference.ToStep(PlanAction.Replace, PlannedKind.Domain, wanted), current, certificateArn, isBeingDeleted));
    }
}
