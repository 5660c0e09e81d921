namespace CognitoM2M.Lambda.Policies;

/// <summary>
/// Paths that different programs read differently. A router may decode percent-encoded characters, merge slashes and resolve dots before it looks for the
/// route; IAM compares the characters as they are. Then the denial of a closed route would not match another spelling of its path.
/// </summary>
internal static class AmbiguousPaths
{
    /// <summary>Patterns of IAM for these paths in a whole stage. The first wildcard also matches the method.</summary>
    public static IReadOnlyList<string> Globs { get; } = ["*%*", "*//*", "*/./*", "*/.", "*/../*", "*/.."];
}
