using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>Cognito's rules for the attributes that a pool adds to the standard ones, or changes. Messages are Cognito's own where they are known.</summary>
internal static class SchemaRules
{
    public const int MaxCustomAttributes = 50;

    private static readonly (string Type, string Constraints, string Min, string Max)[] _constraints =
    [
        ("String", "StringAttributeConstraints", "MinLength", "MaxLength"),
        ("Number", "NumberAttributeConstraints", "MinValue", "MaxValue"),
    ];

    /// <param name="own">The schema that a pool is created with; null for none.</param>
    /// <param name="added">The attributes that are added later; null for none.</param>
    /// <exception cref="RefusedException">The attributes break a rule.</exception>
    public static void Check(JsonArray? own, JsonArray? added)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var custom = 0;
        foreach (var (attribute, isAdded) in List(own, isAdded: false).Concat(List(added, isAdded: true)))
        {
            var name = attribute["Name"]!.GetValue<string>();
            var isStandard = !isAdded && AttributeSchema.IsStandard(name);
            if (!names.Add(isStandard ? name : AttributeSchema.GetCustomName(name)))
                throw RefusedException.InvalidParameter($"{name}: the schema has the attribute twice.");
            if (!isStandard && ++custom > MaxCustomAttributes)
                throw RefusedException.InvalidParameter($"A user pool has at most {MaxCustomAttributes} custom attributes.");
            Check(name, attribute, isStandard);
        }
    }

    private static IEnumerable<(JsonObject Attribute, bool IsAdded)> List(JsonArray? attributes, bool isAdded) =>
        (attributes ?? []).Select(attribute => (attribute!.AsObject(), isAdded));

    private static void Check(string name, JsonObject attribute, bool isStandard)
    {
        if (!isStandard && attribute["Required"]?.GetValue<bool>() == true)
            throw RefusedException.InvalidParameter("Required custom attributes are not supported currently.");

        var given = attribute["AttributeDataType"]?.GetValue<string>();
        var type = isStandard ? new AttributeSchema(null, null).Find(name)!.Type : given ?? "String";
        if (given is not null && given != type)
            throw RefusedException.InvalidParameter($"You can not change AttributeDataType of the standard schema attribute {name}.");

        foreach (var constraint in _constraints)
        {
            if (attribute[constraint.Constraints] is JsonObject { Count: > 0 } limits)
                Check(name, type, limits, constraint);
        }
    }

    private static void Check(string name, string type, JsonObject limits, (string Type, string Constraints, string Min, string Max) constraint)
    {
        if (type != constraint.Type)
            throw RefusedException.InvalidParameter($"{name}: an attribute of the type {type} has no {constraint.Constraints}.");

        var min = Read(constraint.Min);
        var max = Read(constraint.Max);
        if (min > max)
            throw RefusedException.InvalidParameter($"{name}: {constraint.Min} must not be greater than {constraint.Max}.");

        decimal? Read(string limit)
        {
            if (limits[limit]?.GetValue<string>() is not { } text)
                return null;

            // A length is a whole number that is not negative; a number can be anything.
            return AttributeRule.TryParseNumber(text, out var number) && (type != "String" || (number >= 0 && number == decimal.Truncate(number)))
                ? number
                : throw RefusedException.InvalidParameter($"{name}: {limit} must be a number.");
        }
    }
}
