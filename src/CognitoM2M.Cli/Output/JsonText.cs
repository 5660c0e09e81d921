using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Results for programs: one document, names in camel case, null where there is nothing.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // Shell pipelines read it, no browser does.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<PlanAction>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<PlannedKind>(JsonNamingPolicy.CamelCase),
        },
    };

    public static string Of<T>(T document) => JsonSerializer.Serialize(document, _options);

    /// <summary>A name as actions and kinds are written.</summary>
    public static string Name(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
