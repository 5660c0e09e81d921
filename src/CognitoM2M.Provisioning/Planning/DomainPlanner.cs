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
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CognitoProvisioningException">The domain belongs to another user pool.</exception>
    public async Task PlanAsync(string? current, WantedDomain? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            if (current is not null)
                AddUnnamed(current);
            return;
        }

        if (current == wanted.Name && !wanted.HasSettings)
            return;

        progress.ReportReading($"domain '{wanted.Name}'");
        var found = await service.FindDomainAsync(wanted.Name, cancellationToken).ConfigureAwait(false);
        if (found is not null && (userPoolId is null || found.UserPoolId != userPoolId))
        {
            var owner = string.IsNullOrEmpty(found.UserPoolId) ? "a user pool in another account" : $"user pool {OneLine.Show(found.UserPoolId)}";
            throw new CognitoProvisioningException(
                ProvisioningError.DomainTaken,
                $"The domain '{wanted.Name}' belongs to {owner}. Nothing was changed.",
                FindAdvice(found));
        }

        var isBeingDeleted = found is not null && DomainRemoval.IsBeingDeleted(found);
        if (found is not null && !isBeingDeleted)
            AddUpdate(found, wanted);
        else
            AddNew(current == wanted.Name ? null : current, wanted, isBeingDeleted);
    }

    private static string FindAdvice(DomainDescription found) => string.IsNullOrEmpty(found.UserPoolId)
        ? "Choose another domain."
        : $"If that is the user pool of this blueprint under an earlier name, set userPool.id to '{OneLine.Show(found.UserPoolId)}': the plan then renames it. Otherwise choose another domain.";

    private void AddUnnamed(string current)
    {
        if (prune)
            _steps.Add(DeleteDomain.Plan(current));
        else
            _unmanaged.Add($"domain '{OneLine.Show(current)}'");
    }

    private void AddUpdate(DomainDescription found, WantedDomain wanted)
    {
        if (wanted.CertificateArn is not null)
            CustomDomainTarget = found.CloudFrontDistribution;
        if (DomainDifference.FindInSettings(found, wanted) is { IsEmpty: false } update)
            _steps.Add(new UpdateDomain(update.ToStep(PlanAction.Update, PlannedKind.Domain, wanted.Name), wanted));
    }

    private void AddNew(string? current, WantedDomain wanted, bool isBeingDeleted)
    {
        var difference = DomainDifference.FindInName(current, wanted);
        _steps.Add(current is null
            ? new CreateDomain(difference.ToStep(PlanAction.Create, PlannedKind.Domain, wanted.Name), wanted, isBeingDeleted)
            : new ReplaceDomain(difference.ToStep(PlanAction.Replace, PlannedKind.Domain, wanted.Name), current, wanted, isBeingDeleted));
    }
}
