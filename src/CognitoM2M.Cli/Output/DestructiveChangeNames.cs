using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Destructive changes by the names that the option <c>--allow-destructive</c> of <c>apply</c> takes.</summary>
internal static class DestructiveChangeNames
{
    public const string Option = "--allow-destructive";

    private const string All = "all";

    private static readonly (string Name, DestructiveChanges Change)[] _names =
    [
        ("scope", DestructiveChanges.Scope),
        ("flow", DestructiveChanges.Flow),
        ("app-client", DestructiveChanges.AppClient),
        ("domain", DestructiveChanges.Domain),
        ("issuer", DestructiveChanges.Issuer),
        ("resource-server", DestructiveChanges.ResourceServer),
        ("user-pool", DestructiveChanges.UserPool),
    ];

    /// <summary>The names that <c>apply</c> can allow. Only <c>destroy</c> deletes a user pool, and that command asks by itself.</summary>
    public static string[] Allowable { get; } = ["scope", "flow", "app-client", "domain", "resource-server", "issuer", All];

    public static IReadOnlyList<string> Describe(DestructiveChanges changes) =>
        [.. _names.Where(item => changes.HasFlag(item.Change)).Select(item => item.Name)];

    /// <summary>The options that allow these changes, with blanks between them.</summary>
    public static string DescribeOptions(DestructiveChanges changes) => string.Join(' ', Describe(changes).Select(name => $"{Option} {name}"));

    public static DestructiveChanges Parse(IEnumerable<string> names) => names.Aggregate(
        DestructiveChanges.None,
        (changes, name) => changes | (name == All ? DestructiveChanges.All : Array.Find(_names, item => item.Name == name).Change));
}
