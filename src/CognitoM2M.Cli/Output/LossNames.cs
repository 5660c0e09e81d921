using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Losses by the names that <c>--allow</c> takes.</summary>
internal static class LossNames
{
    private static readonly (string Name, ProvisioningLosses Loss)[] _all =
    [
        ("scope", ProvisioningLosses.Scope),
        ("flow", ProvisioningLosses.Flow),
        ("app-client", ProvisioningLosses.AppClient),
        ("domain", ProvisioningLosses.Domain),
        ("user-pool", ProvisioningLosses.UserPool),
    ];

    public static IReadOnlyList<string> Of(ProvisioningLosses losses) =>
        [.. _all.Where(item => losses.HasFlag(item.Loss)).Select(item => item.Name)];

    /// <summary>Names that <see cref="Of"/> gives, and <c>all</c>.</summary>
    public static ProvisioningLosses Parse(IEnumerable<string> names) => names.Aggregate(
        ProvisioningLosses.None,
        (losses, name) => losses | (name == "all" ? ProvisioningLosses.All : Array.Find(_all, item => item.Name == name).Loss));
}
