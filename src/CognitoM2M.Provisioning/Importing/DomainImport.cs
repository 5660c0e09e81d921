using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Describes the domains of a user pool as a blueprint does.</summary>
internal sealed class DomainImport(IUserPoolService service, UserPoolBlueprint pool, ImportNotes notes, ProgressReport progress)
{
    /// <returns>Null if the user pool has no domain that a blueprint can describe.</returns>
    public async Task<DomainBlueprint?> CreateAsync(UserPool existing, CancellationToken cancellationToken)
    {
        var prefix = await TakeAsync(existing.Domain, CreatePrefix, cancellationToken).ConfigureAwait(false);
        var custom = await TakeAsync(existing.CustomDomain, CreateCustom, cancellationToken).ConfigureAwait(false);
        return prefix is null && custom is null ? null : (prefix ?? new()) with { Custom = custom?.Custom };
    }

    private async Task<DomainBlueprint?> TakeAsync(string? name, Func<DomainDescription, DomainBlueprint> create, CancellationToken cancellationToken)
    {
        if (name is null)
            return null;

        progress.ReportReading($"domain '{name}'");
        var found = await service.FindDomainAsync(name, cancellationToken).ConfigureAwait(false);
        if (found is null || DomainRemoval.IsBeingDeleted(found))
        {
            notes.Add(Describe(name), "it is being deleted");
            return null;
        }

        var domain = create(found with { Domain = name });
        if (BlueprintProbe.Check(domain, pool) is { Count: > 0 } problems)
        {
            notes.Add(Describe(name), problems);
            return null;
        }

        return domain;
    }

    private DomainBlueprint CreatePrefix(DomainDescription domain) =>
        new() { Prefix = domain.Domain, PrefixManagedLoginVersion = TakeVersion(domain) };

    private DomainBlueprint CreateCustom(DomainDescription domain)
    {
        var policy = domain.CustomDomainConfig?.SecurityPolicy;
        var known = WantedDomain.FindPolicy(policy);
        if (policy is not null && known is null)
            notes.Add(Describe(domain.Domain!), $"SecurityPolicy is {policy}");
        if (domain.OtherMembers?.ContainsKey("Routing") == true)
            notes.AddSettings(Describe(domain.Domain!), ["Routing"]);

        return new()
        {
            Custom = new()
            {
                Name = domain.Domain!,
                CertificateArn = domain.CustomDomainConfig?.CertificateArn ?? "",
                TlsPolicy = known,
                ManagedLoginVersion = TakeVersion(domain),
            },
        };
    }

    private int? TakeVersion(DomainDescription domain)
    {
        if (domain.ManagedLoginVersion is null or 1 or 2)
            return domain.ManagedLoginVersion;

        notes.Add(Describe(domain.Domain!), $"ManagedLoginVersion is {domain.ManagedLoginVersion}");
        return null;
    }

    private static string Describe(string name) => $"domain '{OneLine.Show(name)}'";
}
