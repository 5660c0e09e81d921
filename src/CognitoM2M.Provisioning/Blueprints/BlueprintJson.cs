using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Strict JSON: a name that is unknown or stands twice is a mistake, never skipped.</summary>
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
    /// <summary>Writes text as it is, without escapes that only web pages need.</summary>
    public static BlueprintJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Says in the blueprint's words what the serializer says in those of .NET.</summary>
    public static BlueprintMistake Explain(JsonException exception)
    {
        var path = exception.Path is { Length: > 2 } place ? place["$.".Length..] : "$";
        return new(path, Words(exception.Message), exception.LineNumber + 1);
    }

    private static string Words(string message)
    {
        var quoted = Quoted().Match(message).Value;
        return message switch
        {
            _ when Says(message, "could not be mapped") => $"unknown property {quoted}",
            _ when Says(message, "Duplicate propert") => "the property stands twice",
            _ when Says(message, "missing required properties") => $"missing {message[(message.IndexOf("including: ", StringComparison.Ordinal) + 11)..].TrimEnd('.')}",
            _ when Says(message, "doesn't allow null") => "must not be null",
            _ when Says(message, "could not be converted") => "a value of another kind is expected here",
            _ => message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.'),
        };
    }

    private static bool Says(string message, string what) => message.Contains(what, StringComparison.Ordinal);

    [GeneratedRegex("'[^']*'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
