using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Cognito's rules for the tags of a user pool, except the shapes of keys and values.</summary>
internal static class TagRules
{
    private const int Max = 50;

    /// <param name="tags">All tags of the pool after the change.</param>
    /// <param name="errorName">The name of the error; it differs between operations.</param>
    /// <exception cref="RefusedException">There are too many tags, or a key is reserved.</exception>
    public static void Check(IReadOnlyDictionary<string, string> tags, string errorName)
    {
        if (tags.Count > Max)
            throw new RefusedException(errorName, $"A user pool can have at most {Max} tags.");
        if (tags.Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw new RefusedException(errorName, $"Tag key {reserved} is reserved: keys can not start with aws:.");
    }
}
