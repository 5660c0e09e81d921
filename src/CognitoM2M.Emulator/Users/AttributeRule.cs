using System.Globalization;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Users;

/// <summary>What a pool's schema says of one attribute.</summary>
/// <param name="attribute">The attribute as descriptions of the pool show it.</param>
internal sealed class AttributeRule(JsonObject attribute)
{
    /// <summary>Cognito's limit for a text that has none of its own.</summary>
    private const int LongestText = 2048;

    public string Type => attribute["AttributeDataType"]!.GetValue<string>();

    public bool IsRequired => attribute["Required"]!.GetValue<bool>();

    public bool IsMutable => attribute["Mutable"]!.GetValue<bool>();

    /// <summary>The smallest length of a text, or the smallest number; null for none.</summary>
    public decimal? Min => Read("StringAttributeConstraints", "MinLength") ?? Read("NumberAttributeConstraints", "MinValue");

    /// <summary>The largest length of a text, or the largest number; null for none.</summary>
    public decimal? Max => Read("StringAttributeConstraints", "MaxLength") ?? Read("NumberAttributeConstraints", "MaxValue");

    /// <summary>Finds what is wrong with a value.</summary>
    /// <returns>A sentence; null if the value is right.</returns>
    public string? FindMistake(string value) => Type switch
    {
        "Boolean" => value is "true" or "false" ? null : "The value must be true or false.",
        "DateTime" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? null : "The value must be a date in ISO 8601.",
        "Number" => !TryParseNumber(value, out var number) ? "The value must be a number."
            : number < Min ? $"The number must be at least {Min}."
            : number > Max ? $"The number must be at most {Max}."
            : null,
        _ => value.Length < Min ? $"The text must have at least {Min} characters."
            : value.Length > (Max ?? LongestText) ? $"The text must have at most {Max ?? LongestText} characters."
            : null,
    };

    public static bool TryParseNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private decimal? Read(string constraints, string limit) =>
        attribute[constraints]?[limit]?.GetValue<string>() is { } text && TryParseNumber(text, out var number) ? number : null;
}
