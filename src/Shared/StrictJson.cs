using System.Text.Json;
using System.Text.Unicode;

namespace CognitoM2M.Shared;

/// <summary>JSON objects that every reader understands in the same way: well-formed text, and no name twice in one object.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false };

    /// <param name="utf8">The text.</param>
    /// <param name="root">The object, which owns its memory.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? TryParseObject(ReadOnlySpan<byte> utf8, out JsonElement root)
    {
        root = default;
        if (!Utf8.IsValid(utf8))
            return "text that is not UTF-8";

        try
        {
            root = JsonElement.Parse(utf8, _options);
            if (root.ValueKind != JsonValueKind.Object)
                return $"JSON that is not an object but {Kind(root)}";
            if (utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0)
                ReadAllText(root);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is thrown for names that hold half of a surrogate pair.
            return "text that is not JSON, or an object with a name twice";
        }
    }

    /// <summary>A value's type in words.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };

    /// <summary>Reads every text, because half of a surrogate pair causes an error only when the text is read. The error must occur here and not later in the code of a caller.</summary>
    /// <exception cref="InvalidOperationException">A text holds half of a surrogate pair.</exception>
    private static void ReadAllText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    ReadAllText(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAllText(property.Value);
                }

                break;
        }
    }
}
