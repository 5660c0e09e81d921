using System.Globalization;
using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Compares domains with their blueprint.</summary>
internal static class DomainDifference
{
    /// <summary>The settings in which a domain differs from its blueprint.</summary>
    public static Difference FindInSettings(DomainDescription domain, WantedDomain wanted)
    {
        var difference = new Difference();
        if (wanted.CertificateArn is { } certificate)
            difference.Compare(nameof(CustomDomainConfig.CertificateArn), domain.CustomDomainConfig?.CertificateArn, certificate);
        if (wanted.SecurityPolicy is { } policy)
            difference.Compare(nameof(CustomDomainConfig.SecurityPolicy), domain.CustomDomainConfig?.SecurityPolicy, policy);
        if (wanted.ManagedLoginText is { } version)
            difference.Compare(nameof(domain.ManagedLoginVersion), domain.ManagedLoginVersion?.ToString(CultureInfo.InvariantCulture), version);
        return difference;
    }

    /// <summary>The differences between the present domain and a new one.</summary>
    /// <param name="current">The domain that the new one replaces; null if there is none.</param>
    /// <param name="wanted">The new domain; null if the domain is only deleted.</param>
    public static Difference FindInName(string? current, WantedDomain? wanted)
    {
        var difference = new Difference();
        difference.Compare("Domain", current, wanted?.Name);
        difference.Compare(nameof(CustomDomainConfig.CertificateArn), null, wanted?.CertificateArn);
        difference.Compare(nameof(CustomDomainConfig.SecurityPolicy), null, wanted?.SecurityPolicy);
        difference.Compare(nameof(DomainDescription.ManagedLoginVersion), null, wanted?.ManagedLoginText);
        if (wanted?.CertificateArn is not null)
            difference.Compare(nameof(DomainDescription.CloudFrontDistribution), null, "known once the domain exists");
        else if (wanted is not null && NameRules.FindDoubtfulWord(wanted.Name) is { } word)
            difference.Warn($"Cognito may refuse the prefix, because it contains '{word}'");
        if (current is not null)
            difference.AddDestructiveChange(DestructiveChanges.Domain, $"the token endpoint of domain '{current}' stops answering");
        return difference;
    }
}
