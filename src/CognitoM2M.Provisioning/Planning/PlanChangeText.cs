using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Writes a difference in one line. Long values are cut so that what differs shows.</summary>
internal static class PlanChangeText
{
    // How many equal characters are shown before the first difference of two values.
    private const int SharedLength = 40;

    // A difference of a scope. The value is the description. A scope without a description gets its name as description.
    private const string Scope = "scope ";

    public static string Format(PlanChange change)
    {
        var member = OneLine.Show(change.Member);
        switch (change)
        {
            case { Before: null } when IsDescribedByName(change.Member, change.After):
                return $"{member}: (new)";
            case { After: null } when IsDescribedByName(change.Member, change.Before):
                return $"{member}: (removed)";
            case { Before: null }:
                return $"{member}: {OneLine.Show(change.After)}";
            case { After: null }:
                return $"{member}: {OneLine.Show(change.Before)} -> (removed)";
            default:
                var start = FindStart(change.Before, change.After);
                return $"{member}: {ShowFrom(start, change.Before)} -> {ShowFrom(start, change.After)}";
        }
    }

    private static bool IsDescribedByName(string member, string? description) =>
        member.StartsWith(Scope, StringComparison.Ordinal) && member.AsSpan(Scope.Length).SequenceEqual(description);

    private static int FindStart(string before, string after) =>
        before.Length <= OneLine.MaxValueLength && after.Length <= OneLine.MaxValueLength
            ? 0
            : Math.Max(0, before.AsSpan().CommonPrefixLength(after) - SharedLength);

    private static string ShowFrom(int start, string value) => OneLine.Show(start == 0 ? value : $"…{value[start..]}");
}
