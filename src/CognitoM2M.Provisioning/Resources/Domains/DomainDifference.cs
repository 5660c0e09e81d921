using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Compares domains with their blueprint.</summary>
internal static class DomainDifference
{
    /// <summary>The differences of a custom domain that stays.</summary>
    public static Difference FindInCertificate(DomainDescription domain, string certificateArn)
    {
        var difference = new Difference();
        difference.Compare(nameof(CustomDomainConfig.CertificateArn), domain.CustomDomainConfig?.CertificateArn, certificateArn);
        return difference;
    }

    /// <summary>The differences between the present domain and a new one.</summary>
    /// <param name="current">The domain that the new one replaces; null if there is none.</param>
    /// <param name="wanted">The new domain; null if the domain is only deleted.</param>
    /// <param name="certificateArn">The certificate of a new custom domain; null for a prefix domain.</param>
    public static Difference FindInName(string? current, string? wanted, string? certificateArn)
    {
        var difference = new Difference();
        difference.Compare("Domain", current, wanted);
        difference.Compare(nameof(CustomDomainConfig.CertificateArn), null, certificateArn);
        if (current is not null)
            difference.AddDestructiveChange(DestructiveChanges.Domain, $"the token endpoint of domain '{current}' stops answering");
        return difference;
    }
}
