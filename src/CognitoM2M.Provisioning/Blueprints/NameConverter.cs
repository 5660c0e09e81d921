using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Reads a value of an enum by its exact name. Numbers, lists of names and other upper or lower case are refused.</summary>
internal sealed class NameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly string[] _names = Enum.GetNames<T>();

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Array.IndexOf(_names, reader.GetString()) is >= 0 and var index
            ? Enum.GetValues<T>()[index]
            : throw new JsonException($"must be one of {string.Join(", ", _names.Select(name => $"\"{name}\""))}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
