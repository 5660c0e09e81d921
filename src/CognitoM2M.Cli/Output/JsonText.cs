using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// The JSON documents of <c>--json</c>: names in camel case, and null for a value that does not exist. Characters that could mislead a
/// terminal or a build server are escaped, so that a document is safe to print and loses nothing.
/// </summary>
internal static class JsonText
{
    /// <summary>Serializes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">How to serialize it, from a context with <see cref="CreateOptions"/>.</param>
    public static string Serialize<T>(T document, JsonTypeInfo<T> type) =>
        // Each line is escaped on its own, so the line breaks of the serializer are kept. The escapes of OneLine are also valid in JSON.
        string.Join('\n', JsonSerializer.Serialize(document, type).Split('\n').Select(OneLine.Escape));

    public static string ToCamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Creates the options of a serializer context. Each context needs options of its own.</summary>
    public static JsonSerializerOptions CreateOptions() => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // The documents go to shells and scripts, never into an HTML page, so < and & need no escape.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<PlanAction>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<PlannedKind>(JsonNamingPolicy.CamelCase),
        },
    };
}
