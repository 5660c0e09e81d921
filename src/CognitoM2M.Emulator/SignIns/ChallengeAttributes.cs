using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>The attributes that a user gives together with a new password, because the pool requires them and an administrator has not set them.</summary>
internal static class ChallengeAttributes
{
    /// <summary>The prefix of attributes in challenges and their responses.</summary>
    public const string Prefix = "userAttributes.";

    private static readonly string[] _neverWritable = [PoolUser.SubAttribute, "email_verified", "phone_number_verified"];

    /// <summary>Lists the names of the required attributes that the user does not have.</summary>
    public static IEnumerable<string> ListMissing(EmulatedUserPool pool, PoolUser user) =>
        AttributeSchema.Read(pool).ListRequired().Where(name => string.IsNullOrEmpty(Find(user, name)));

    /// <summary>Adds the attributes to the user.</summary>
    /// <param name="client">The app client, which must be allowed to write the attributes.</param>
    /// <param name="user">The user.</param>
    /// <param name="given">The attributes.</param>
    /// <returns>The user with the attributes, not stored yet.</returns>
    /// <exception cref="RefusedException">An attribute is not allowed or does not conform to the schema, or a required one is missing.</exception>
    public static PoolUser Add(EmulatedAppClient client, PoolUser user, IReadOnlyCollection<UserAttribute> given)
    {
        var pool = client.UserPool;
        var schema = AttributeSchema.Read(pool);
        foreach (var (name, _) in given)
        {
            if (!CanWrite(client.Settings, name))
                throw RefusedException.NotAuthorized("A client attempted to write unauthorized attribute");
            // Cognito was seen to refuse email. Other attributes that can be changed may be given again.
            if (Find(user, name) is { Length: > 0 } && (name is UserNames.Email or UserNames.PhoneNumber || schema.Find(name) is { IsMutable: false }))
                throw RefusedException.NotAuthorized($"Cannot modify an already provided {name}");
        }

        AttributeCheck.Require(pool, given);
        var completed = user with
        {
            Attributes = [.. user.Attributes.Where(old => given.All(attribute => attribute.Name != old.Name)), .. given],
        };
        if (ListMissing(pool, completed).FirstOrDefault() is { } missing)
            throw RefusedException.InvalidParameter($"Invalid attributes given, {missing} is missing");
        UserCreation.RequireNoConflict(pool, completed);
        return completed;
    }

    /// <summary>Whether there is an app client that can write an attribute of this name.</summary>
    public static bool IsWritable(string name) => !_neverWritable.Contains(name, StringComparer.Ordinal);

    // A client without a list can write every attribute.
    private static bool CanWrite(AppClientSettings settings, string name) =>
        IsWritable(name)
        && (settings.Others.Find("WriteAttributes") is not { } writable
            || writable.GetArrayLength() == 0
            || writable.EnumerateArray().Any(attribute => attribute.ValueEquals(name)));

    private static string? Find(PoolUser user, string name) => user.Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Value;
}
