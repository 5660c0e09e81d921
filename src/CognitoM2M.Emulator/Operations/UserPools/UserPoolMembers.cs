using System.Collections.Frozen;
using System.Text.Json;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Which members of an input become settings of the user pool.</summary>
internal static class UserPoolMembers
{
    /// <summary>Set once, when the pool is created; no part of UpdateUserPool.</summary>
    private static readonly string[] _fixed = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "Schema"];

    /// <summary>What a description has besides settings. Whoever sends one back may leave it in.</summary>
    private static readonly string[] _described =
    [
        "Id", "Name", "Arn", "CreationDate", "LastModifiedDate", "Status", "SchemaAttributes", "Domain", "CustomDomain",
        "EstimatedNumberOfUsers", "SmsConfigurationFailure", "EmailConfigurationFailure",
    ];

    private static readonly FrozenSet<string> _notKeptOnCreate = Except(["PoolName", .. _described]);
    private static readonly FrozenSet<string> _notKeptOnUpdate = Except(["PoolName", "UserPoolId", .. _described, .. _fixed]);

    public static SettingsBag OfNew(JsonElement input) => SettingsBag.From(input, _notKeptOnCreate);

    /// <summary>As Cognito: what is left out is not kept but goes back to its default.</summary>
    public static SettingsBag OfUpdated(JsonElement input, SettingsBag current)
    {
        var updated = SettingsBag.From(input, _notKeptOnUpdate).ToJson();
        var old = current.ToJson();
        foreach (var name in _fixed)
        {
            if (old.Remove(name, out var value))
                updated[name] = value;
        }

        return SettingsBag.Of(updated);
    }

    private static FrozenSet<string> Except(string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
