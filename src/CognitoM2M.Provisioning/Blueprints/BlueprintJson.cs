using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Strict JSON: a property that is unknown or appears twice is a mistake.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Blueprint))]
internal sealed partial class BlueprintJson : JsonSerializerContext
{
    /// <summary>Writes text without the escapes that only web pages need.</summary>
    public static BlueprintJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Turns an error of the serializer into a mistake that a user of blueprints understands.</summary>
    public static BlueprintMistake Explain(JsonException exception)
    {
        var path = exception.Path is { Length: > 2 } place ? place["$.".Length..] : "$";
        return new() { Path = path, Message = ExplainMessage(exception.Message), Line = exception.LineNumber + 1 };
    }

    private static string ExplainMessage(string message)
    {
        var quoted = Quoted().Match(message).Value;
        return message switch
        {
            _ when Says(message, "could not be mapped") => $"unknown property {quoted}",
            _ when Says(message, "Duplicate propert") => "the property appears twice",
            _ when Says(message, "missing required properties") =>
                $"missing {message[(message.IndexOf("including: ", StringComparison.Ordinal) + 11)..].TrimEnd('.')}",
            _ when Says(message, "doesn't allow null") => "must not be null",
            _ when Says(message, "could not be converted") => "the value has the wrong type",
            _ => message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.'),
        };
    }

    private static bool Says(string message, string text) => message.Contains(text, StringComparison.Ordinal);

    [GeneratedRegex("'[^']*'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
