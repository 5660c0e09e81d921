using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Reads the settings of a user pool from an input.</summary>
internal static class UserPoolSettingsReader
{
    /// <summary>Settings that UpdateUserPool does not take.</summary>
    private static readonly string[] _fixed = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration", UserPoolSettings.SchemaMember, UserPoolSettings.AddedAttributesMember];

    /// <summary>
    /// Settings that UpdateUserPool leaves as they are if it does not name them. Terraform changes user pools in place without their tags,
    /// and the tags stay.
    /// </summary>
    private static readonly string[] _keptIfLeftOut = [UserPoolSettings.TagsMember, "UserAttributeUpdateSettings"];

    private static readonly FrozenSet<string> _notKeptOnCreate = CreateSet(["PoolName", UserPoolShapes.ChosenId]);
    private static readonly FrozenSet<string> _notKeptOnUpdate = CreateSet(["PoolName", "UserPoolId", .. UserPoolShapes.DescribedInUpdates]);

    public static WireSettings ReadNew(JsonElement input) => WireSettings.Read(input, _notKeptOnCreate);

    /// <summary>Reads the settings for an update. As in Cognito, most settings that the update leaves out are reset to their defaults.</summary>
    public static WireSettings ReadUpdate(JsonElement input, WireSettings current)
    {
        var updated = WireSettings.Read(input, _notKeptOnUpdate).ToJson();
        var old = current.ToJson();
        // The update holds none of the fixed settings, because they were left out above.
        foreach (var name in _fixed.Concat(_keptIfLeftOut))
        {
            if (!updated.ContainsKey(name) && old.Remove(name, out var value))
                updated[name] = value;
        }

        return WireSettings.Create(updated);
    }

    /// <summary>Reads the attributes to add. Those that were added before stay.</summary>
    public static JsonArray ReadAddedAttributes(JsonElement input, WireSettings current)
    {
        var added = WireSettings.Read(input, CreateSet(["UserPoolId"])).ToJson()["CustomAttributes"]!.AsArray();
        var before = current.ToJson()[UserPoolSettings.AddedAttributesMember]?.AsArray() ?? [];
        return new JsonArray([.. before.Concat(added).Select(attribute => attribute!.DeepClone())]);
    }

    private static FrozenSet<string> CreateSet(string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
