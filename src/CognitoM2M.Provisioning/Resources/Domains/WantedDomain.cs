using System.Globalization;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>A domain as a blueprint names it.</summary>
/// <param name="Name">The prefix, or the host name of a custom domain.</param>
/// <param name="CertificateArn">The certificate of a custom domain; null for a prefix domain.</param>
/// <param name="SecurityPolicy">The TLS policy of a custom domain as the API names it; null to leave it as it is.</param>
/// <param name="ManagedLoginVersion">1 or 2; null to leave it as it is.</param>
internal sealed record WantedDomain(string Name, string? CertificateArn, string? SecurityPolicy, int? ManagedLoginVersion)
{
    private static readonly (TlsPolicy Policy, string Name)[] _policies =
        [(TlsPolicy.Tls10, "TLS_V1"), (TlsPolicy.Tls12, "TLS_V1_2_2021"), (TlsPolicy.Tls13, "TLS_V1_3_2025")];

    /// <summary>Whether the domain has settings besides its name. Without settings there is nothing to compare.</summary>
    public bool HasSettings => CertificateArn is not null || ManagedLoginVersion is not null;

    /// <summary>The version as plans show it.</summary>
    public string? ManagedLoginText => ManagedLoginVersion?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The prefix domain of a blueprint; null if there is none.</summary>
    public static WantedDomain? FindPrefix(DomainBlueprint? domain) =>
        domain?.Prefix is { } prefix ? new(prefix, CertificateArn: null, SecurityPolicy: null, domain.PrefixManagedLoginVersion) : null;

    /// <summary>The custom domain of a blueprint; null if there is none.</summary>
    public static WantedDomain? FindCustom(DomainBlueprint? domain) =>
        domain?.Custom is { } custom ? new(custom.Name, custom.CertificateArn, FormatPolicy(custom.TlsPolicy), custom.ManagedLoginVersion) : null;

    /// <summary>The TLS policy that the API names so; null if blueprints have no name for it.</summary>
    public static TlsPolicy? FindPolicy(string? name) => Array.FindIndex(_policies, item => item.Name == name) is >= 0 and var index ? _policies[index].Policy : null;

    private static string? FormatPolicy(TlsPolicy? policy) => policy is null ? null : Array.Find(_policies, item => item.Policy == policy).Name;
}
