using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>
/// The attributes of the users of a pool: the standard attributes, with the changes and additions of the pool's own schema.
/// </summary>
internal static class UserPoolSchema
{
    private static readonly string[] _texts =
    [
        "address", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name", "nickname", "phone_number",
        "picture", "preferred_username", "profile", "website", "zoneinfo",
    ];

    public static JsonArray Create(JsonArray? ownSchema)
    {
        var attributes = CreateStandardAttributes();
        foreach (var own in ownSchema ?? [])
            Merge(own!.DeepClone().AsObject(), attributes);

        return new JsonArray([.. attributes.Values]);
    }

    private static void Merge(JsonObject own, Dictionary<string, JsonObject> attributes)
    {
        var name = own["Name"]!.GetValue<string>();
        if (attributes.TryGetValue(name, out var standard))
        {
            foreach (var (member, value) in own)
                standard[member] = value?.DeepClone();
            return;
        }

        own["Name"] = name = $"custom:{name}";
        own.TryAdd("AttributeDataType", "String");
        own.TryAdd("DeveloperOnlyAttribute", false);
        own.TryAdd("Mutable", true);
        own.TryAdd("Required", false);
        attributes[name] = own;
    }

    private static Dictionary<string, JsonObject> CreateStandardAttributes()
    {
        var attributes = new Dictionary<string, JsonObject>(StringComparer.Ordinal) { ["sub"] = CreateText("sub", 1, 2048, isSub: true) };
        foreach (var name in _texts)
            attributes[name] = CreateText(name, 0, 2048);

        attributes["birthdate"] = CreateText("birthdate", 10, 10);
        attributes["email_verified"] = CreateAttribute("email_verified", "Boolean");
        attributes["phone_number_verified"] = CreateAttribute("phone_number_verified", "Boolean");
        attributes["updated_at"] = CreateAttribute("updated_at", "Number");
        attributes["updated_at"]["NumberAttributeConstraints"] = new JsonObject { ["MinValue"] = "0" };
        return attributes;
    }

    private static JsonObject CreateText(string name, int minLength, int maxLength, bool isSub = false)
    {
        var attribute = CreateAttribute(name, "String", isSub);
        attribute["StringAttributeConstraints"] = new JsonObject { ["MinLength"] = $"{minLength}", ["MaxLength"] = $"{maxLength}" };
        return attribute;
    }

    private static JsonObject CreateAttribute(string name, string type, bool isSub = false) => new()
    {
        ["Name"] = name,
        ["AttributeDataType"] = type,
        ["DeveloperOnlyAttribute"] = false,
        ["Mutable"] = !isSub,
        ["Required"] = isSub,
    };
}
