using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>The JSON documents of <c>--json</c>: names in camel case, and null for a value that does not exist.</summary>
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

    public static string Serialize<T>(T document) => JsonSerializer.Serialize(document, _options);

    public static string ToCamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
