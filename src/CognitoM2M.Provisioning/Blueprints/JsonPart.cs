using System.Text.Json;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>A value of a JSON text, with its place in the text.</summary>
/// <param name="kind">The kind of the value: the first token of an object or a list, or the only token.</param>
/// <param name="start">The index of the first byte in the text.</param>
internal sealed class JsonPart(JsonTokenType kind, int start)
{
    public JsonTokenType Kind { get; } = kind;

    public int Start { get; } = start;

    /// <summary>The bytes of a value that is neither an object nor a list.</summary>
    public ReadOnlyMemory<byte> Text { get; set; }

    /// <summary>Whether the text has taken the place of a variable. Only then, text may stand for a number or for true and false.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>The text between the quotes; null if the value is not text, or not valid Unicode.</summary>
    public string? FindString()
    {
        if (Kind != JsonTokenType.String)
            return null;

        var reader = new Utf8JsonReader(Text.Span);
        try
        {
            reader.Read();
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The members of an object, in their order. A name can appear twice.</summary>
    public List<JsonMember> Members { get; } = [];

    /// <summary>The items of a list.</summary>
    public List<JsonPart> Items { get; } = [];
}

/// <summary>A member of an object.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">The index of the first byte of the name in the text.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonMember(string Name, int Start, JsonPart Value);
