namespace CognitoM2M.Lambda.Policies;

/// <summary>What a token may call in a whole stage, as patterns of IAM such as <c>GET/orders/?*</c>. What no pattern allows is denied.</summary>
/// <param name="Allowed">The patterns that are allowed.</param>
/// <param name="Denied">Exceptions from them.</param>
/// <param name="Conflicts">Why these patterns do not express what the routes require; empty if they do.</param>
internal sealed record StagePolicy(IReadOnlyList<string> Allowed, IReadOnlyList<string> Denied, IReadOnlyList<string> Conflicts)
{
    /// <summary>Whether IAM allows this method and path.</summary>
    /// <param name="methodAndPath">The end of a method ARN, such as <c>GET/orders/1</c>.</param>
    public bool Allows(string methodAndPath) => Match(Allowed, methodAndPath) && !Match(Denied, methodAndPath);

    private static bool Match(IReadOnlyList<string> globs, string methodAndPath) => globs.Any(glob => PathPattern.CreateFromGlob(glob).Matches(methodAndPath));
}
