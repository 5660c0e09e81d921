using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of<T>(T document) => JsonSerializer.Serialize(document, _options);

    /// <summary>A name as values of enumerations are written.</summary>
    public static string Name(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
