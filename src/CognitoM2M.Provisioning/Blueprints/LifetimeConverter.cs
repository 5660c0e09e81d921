using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Reads and writes lifetimes such as <c>90s</c>, <c>30m</c>, <c>1h</c>, <c>1d</c>.</summary>
internal sealed class LifetimeConverter : JsonConverter<TimeSpan?>
{
    private static readonly (char Unit, int Seconds)[] _units = [('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)];

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: >= 2 } text
            && Array.Find(_units, unit => unit.Unit == text[^1]) is { Seconds: > 0 } unit
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (long)number * unit.Seconds <= int.MaxValue)
        {
            return TimeSpan.FromSeconds((long)number * unit.Seconds);
        }

        throw new JsonException("must be a whole number with one of the units s, m, h and d, such as \"30m\"");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            writer.WriteStringValue(Format(value.Value));
    }

    /// <summary>The lifetime in the largest unit that leaves no remainder.</summary>
    public static string Format(TimeSpan value)
    {
        var seconds = (long)value.TotalSeconds;
        var unit = Array.Find(_units, unit => seconds % unit.Seconds == 0);
        return $"{seconds / unit.Seconds}{unit.Unit}";
    }
}
