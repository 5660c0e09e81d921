using System.Collections.Frozen;
using System.Text.Json;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Reads the settings of a user pool from an input.</summary>
internal static class UserPoolSettingsReader
{
    /// <summary>Settings that only CreateUserPool takes. UpdateUserPool cannot change them.</summary>
    private static readonly string[] _fixed = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "Schema"];

    /// <summary>
    /// Settings that UpdateUserPool leaves as they are if it does not name them. Terraform changes user pools in place without their tags,
    /// and the tags stay.
    /// </summary>
    private static readonly string[] _keptIfLeftOut = [UserPoolSettings.TagsMember, "UserAttributeUpdateSettings"];

    /// <summary>
    /// Members of a description that are not settings. A caller may send a whole description back, so these members are ignored.
    /// </summary>
    private static readonly string[] _descriptionOnly =
    [
        "Id", "Name", "Arn", "CreationDate", "LastModifiedDate", "Status", "SchemaAttributes", "Domain", "CustomDomain",
        "EstimatedNumberOfUsers", "SmsConfigurationFailure", "EmailConfigurationFailure",
    ];

    private static readonly FrozenSet<string> _ignoredOnCreate = CreateSet(["PoolName", UserPoolShapes.ChosenId, .. _descriptionOnly]);
    private static readonly FrozenSet<string> _ignoredOnUpdate = CreateSet(["PoolName", "UserPoolId", .. _descriptionOnly, .. _fixed]);

    public static WireSettings ReadNew(JsonElement input) => WireSettings.Read(input, _ignoredOnCreate);

    /// <summary>Reads the settings for an update. As in Cognito, most settings that the update leaves out are reset to their defaults.</summary>
    public static WireSettings ReadUpdate(JsonElement input, WireSettings current)
    {
        var updated = WireSettings.Read(input, _ignoredOnUpdate).ToJson();
        var old = current.ToJson();
        // The update holds none of the fixed settings, because they were ignored above.
        foreach (var name in _fixed.Concat(_keptIfLeftOut))
        {
            if (!updated.ContainsKey(name) && old.Remove(name, out var value))
                updated[name] = value;
        }

        return WireSettings.Create(updated);
    }

    private static FrozenSet<string> CreateSet(string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
