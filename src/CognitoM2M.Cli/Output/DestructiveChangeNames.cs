using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Destructive changes by the names that <c>--allow-destructive</c> takes.</summary>
internal static class DestructiveChangeNames
{
    private const string All = "all";

    private static readonly (string Name, ProvisioningLosses Change)[] _names =
    [
        ("scope", ProvisioningLosses.Scope),
        ("flow", ProvisioningLosses.Flow),
        ("app-client", ProvisioningLosses.AppClient),
        ("domain", ProvisioningLosses.Domain),
        ("user-pool", ProvisioningLosses.UserPool),
    ];

    /// <summary>The names that <c>apply</c> can allow. Only <c>destroy</c> deletes a user pool, and that command asks by itself.</summary>
    public static string[] Allowable { get; } = ["scope", "flow", "app-client", "domain", All];

    public static IReadOnlyList<string> Describe(ProvisioningLosses changes) =>
        [.. _names.Where(item => changes.HasFlag(item.Change)).Select(item => item.Name)];

    public static ProvisioningLosses Parse(IEnumerable<string> names) => names.Aggregate(
        ProvisioningLosses.None,
        (changes, name) => changes | (name == All ? ProvisioningLosses.All : Array.Find(_names, item => item.Name == name).Change));
}
