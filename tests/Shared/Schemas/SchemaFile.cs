using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Testing.Schemas;

/// <summary>A schema file of a package, which tests compare with the code.</summary>
internal static class SchemaFile
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compares a file of the repository with the schema. If they differ, the schema is written to the folder of the tests.</summary>
    public static void AssertEqual(string path, JsonObject schema)
    {
        var expected = schema.ToJsonString(_options) + "\n";
        if (File.Exists(Path.Combine(Checkout.Root(), path)) && Checkout.Read(path) == expected)
            return;

        var written = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(path));
        File.WriteAllText(written, expected);
        Assert.Fail($"{path} does not describe the options. Read the difference, and copy the right text: cp '{written}' '{path}'");
    }

    /// <summary>A schema with one section, which stands inside others.</summary>
    public static JsonObject Wrap(JsonObject section, params string[] path) =>
        path.Reverse().Aggregate(section, (inner, name) => new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [name] = inner } });
}
