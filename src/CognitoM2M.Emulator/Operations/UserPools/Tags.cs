using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Cognito's rules for the tags of a user pool, besides the shape of keys and values.</summary>
internal static class Tags
{
    private const int Max = 50;

    /// <param name="tags">All tags the pool would have.</param>
    /// <param name="errorName">What the operation calls a refusal.</param>
    public static void Check(IReadOnlyDictionary<string, string> tags, string errorName)
    {
        if (tags.Count > Max)
            throw new RefusedException(errorName, $"A user pool can have at most {Max} tags.");
        if (tags.Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw new RefusedException(errorName, $"Tag key {reserved} is reserved: keys can not start with aws:.");
    }
}
