using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.Users;

/// <summary>
/// The attributes that the users of a pool can have: the standard attributes, with the changes and additions of the pool's own schema.
/// </summary>
internal sealed class AttributeSchema
{
    private const string CustomPrefix = "custom:";

    private static readonly string[] _texts =
    [
        "address", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name", "nickname", "phone_number",
        "picture", "preferred_username", "profile", "website", "zoneinfo",
    ];

    private readonly Dictionary<string, JsonObject> _attributes = CreateStandardAttributes();

    /// <param name="own">The schema that the pool was created with; null for none.</param>
    /// <param name="added">The attributes that were added later; null for none.</param>
    public AttributeSchema(JsonArray? own, JsonArray? added)
    {
        foreach (var attribute in own ?? [])
            Merge(attribute!.AsObject());
        foreach (var attribute in added ?? [])
            AddCustom(attribute!.AsObject());
    }

    public static AttributeSchema Read(EmulatedUserPool pool) => new(
        ReadList(pool, UserPoolSettings.SchemaMember), ReadList(pool, UserPoolSettings.AddedAttributesMember));

    /// <summary>Whether Cognito has an attribute of this name in every pool.</summary>
    public static bool IsStandard(string name) => CreateStandardAttributes().ContainsKey(name);

    /// <summary>The name of an attribute that is not a standard one, as users have it.</summary>
    public static string GetCustomName(string name) => CustomPrefix + name;

    /// <summary>Describes the attributes as the JSON API does.</summary>
    public JsonArray ToJson() => new([.. _attributes.Values.Select(attribute => attribute.DeepClone())]);

    /// <returns>Null if users of the pool have no such attribute.</returns>
    public AttributeRule? Find(string name) => _attributes.GetValueOrDefault(name) is { } attribute ? new AttributeRule(attribute) : null;

    /// <summary>The attributes that every user must have, without <c>sub</c>.</summary>
    public IEnumerable<string> ListRequired() =>
        _attributes.Where(attribute => attribute.Key != PoolUser.SubAttribute && new AttributeRule(attribute.Value).IsRequired).Select(attribute => attribute.Key);

    private static JsonArray? ReadList(EmulatedUserPool pool, string member) =>
        pool.Settings.Members.Find(member) is { } list ? JsonArray.Create(list) : null;

    private void Merge(JsonObject own)
    {
        var name = own["Name"]!.GetValue<string>();
        if (!_attributes.TryGetValue(name, out var standard))
        {
            AddCustom(own);
            return;
        }

        foreach (var (member, value) in own)
            standard[member] = value?.DeepClone();
    }

    private void AddCustom(JsonObject own)
    {
        var attribute = own.DeepClone().AsObject();
        var name = GetCustomName(own["Name"]!.GetValue<string>());
        attribute["Name"] = name;
        attribute.TryAdd("AttributeDataType", "String");
        attribute.TryAdd("DeveloperOnlyAttribute", false);
        attribute.TryAdd("Mutable", true);
        attribute.TryAdd("Required", false);
        _attributes[name] = attribute;
    }

    private static Dictionary<string, JsonObject> CreateStandardAttributes()
    {
        var attributes = new Dictionary<string, JsonObject>(StringComparer.Ordinal)
        {
            [PoolUser.SubAttribute] = CreateText(PoolUser.SubAttribute, 1, 2048, isSub: true),
        };
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
