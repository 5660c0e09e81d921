using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// The JSON documents of <c>--json</c>: names in camel case, and null for a value that does not exist. Characters that could mislead a
/// terminal or a build server are escaped, so that a document is safe to print and loses nothing.
/// </summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
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

    // Only the serializer's own line breaks are left unescaped, and what OneLine writes instead of a character is JSON, too.
    public static string Serialize<T>(T document) =>
        string.Join('\n', JsonSerializer.Serialize(document, _options).Split('\n').Select(OneLine.Escape));

    public static string ToCamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
