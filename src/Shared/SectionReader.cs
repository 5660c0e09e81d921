using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.Shared;

/// <summary>
/// Reads the settings of a configuration section one by one. The configuration binder is not used because it skips a misspelt name and
/// throws at the first malformed value; here each mistake becomes one of several errors that are reported together.
/// </summary>
/// <param name="errors">Takes the errors: each is a sentence that names the setting by its full path.</param>
internal sealed class SectionReader(ICollection<string> errors)
{
    /// <summary>Reads every setting of a section.</summary>
    /// <param name="section">The section. A section without any value is an error.</param>
    /// <param name="owner">Whose settings these are, for the error about an unknown name: "an app client".</param>
    /// <param name="read">Reads one setting; false if there is no setting of that name. The name is in upper case.</param>
    public void ReadAll(IConfigurationSection section, string owner, Func<string, IConfigurationSection, bool> read)
    {
        if (section.AsEnumerable().All(setting => setting.Value is null))
            errors.Add($"the configuration section '{section.Path}' is missing or empty.");

        foreach (var setting in section.GetChildren())
        {
            if (!read(setting.Key.ToUpperInvariant(), setting))
                errors.Add($"'{setting.Path}' is not a setting of {owner}; check its spelling.");
        }
    }

    /// <summary>One text; null if the value is empty. Use <see cref="ReadRequiredText"/> where an empty value must not mean "not set".</summary>
    public string? ReadText(IConfigurationSection setting)
    {
        if (HasChildren(setting))
            return null;
        return string.IsNullOrEmpty(setting.Value) ? null : setting.Value;
    }

    /// <summary>One text. An empty value is an error: read as "not set", it would remove the restriction that the user intended.</summary>
    public string? ReadRequiredText(IConfigurationSection setting)
    {
        if (HasChildren(setting))
            return null;
        if (!string.IsNullOrWhiteSpace(setting.Value))
            return setting.Value;

        errors.Add($"'{setting.Path}' is empty; give it a value or remove it.");
        return null;
    }

    /// <summary>An absolute address. An empty value is an error.</summary>
    public Uri? ReadUri(IConfigurationSection setting)
    {
        if (ReadRequiredText(setting) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return uri;

        errors.Add($"'{setting.Path}' must be an absolute address, such as https://example.com/.");
        return null;
    }

    /// <summary>
    /// An array, or one value whose items are separated by spaces or commas, as environment variables often hold them. A value without any
    /// item is an error: read as "not set", it would remove the restriction that the user intended.
    /// </summary>
    public List<string> ReadList(IConfigurationSection setting)
    {
        List<string> items = setting.Value is { } line
            ? [.. line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : [.. setting.GetChildren().Select(item => item.Value ?? "")];
        if (items.Count == 0)
            errors.Add($"'{setting.Path}' is empty; give it a value or remove it.");
        return items;
    }

    /// <summary>An object of names and values.</summary>
    public Dictionary<string, string> ReadMap(IConfigurationSection setting)
    {
        if (!string.IsNullOrEmpty(setting.Value))
            errors.Add($"'{setting.Path}' must be an object of names and values.");
        foreach (var nested in setting.GetChildren().Where(item => item.GetChildren().Any()))
            errors.Add($"'{nested.Path}' must be one value.");
        return setting.GetChildren().ToDictionary(item => item.Key, item => item.Value ?? "", StringComparer.Ordinal);
    }

    /// <summary>The name of one enum member. Numbers and several names are errors.</summary>
    public TEnum ReadEnum<TEnum>(IConfigurationSection setting, TEnum otherwise)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>();
        if (Array.Find(names, name => string.Equals(name, setting.Value, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<TEnum>(name);

        return Refuse(setting, $"one of {string.Join(", ", names)}", otherwise);
    }

    public bool ReadBoolean(IConfigurationSection setting, bool otherwise) =>
        bool.TryParse(setting.Value, out var value) ? value : Refuse(setting, "true or false", otherwise);

    public int ReadInteger(IConfigurationSection setting, int otherwise) =>
        int.TryParse(setting.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : Refuse(setting, "a whole number", otherwise);

    public double ReadNumber(IConfigurationSection setting, double otherwise) =>
        double.TryParse(setting.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : Refuse(setting, "a number such as 0.00225", otherwise);

    public TimeSpan ReadTimeSpan(IConfigurationSection setting, TimeSpan otherwise) =>
        TimeSpan.TryParse(setting.Value, CultureInfo.InvariantCulture, out var value) ? value : Refuse(setting, "a time span such as 00:00:10", otherwise);

    private T Refuse<T>(IConfigurationSection setting, string expected, T otherwise)
    {
        errors.Add($"'{setting.Path}' must be {expected}.");
        return otherwise;
    }

    private bool HasChildren(IConfigurationSection setting)
    {
        if (setting.Value is not null || !setting.GetChildren().Any())
            return false;

        errors.Add($"'{setting.Path}' must be one value.");
        return true;
    }
}
