using System.Text;
using System.Text.Json;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Reads blueprints from JSON text, and the JSON schema of blueprints.</summary>
internal static class BlueprintReader
{
    private static readonly Lazy<string> _schema = new(() =>
    {
        using var stream = typeof(BlueprintReader).Assembly.GetManifestResourceStream("cognito-m2m.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    public static string JsonSchema => _schema.Value;

    /// <exception cref="BlueprintException">The text is not a blueprint, or the blueprint is not valid.</exception>
    public static Blueprint Read(ReadOnlySpan<byte> json)
    {
        var byteOrderMark = Encoding.UTF8.Preamble;
        if (json.StartsWith(byteOrderMark))
            json = json[byteOrderMark.Length..];

        try
        {
            var blueprint = JsonSerializer.Deserialize(json, BlueprintJson.Default.Blueprint)
                ?? throw new BlueprintException([new() { Path = "$", Message = "must be an object", Line = 1 }]);
            blueprint.ThrowIfInvalid();
            return blueprint;
        }
        catch (JsonException e)
        {
            throw new BlueprintException([BlueprintJson.Explain(e)]);
        }
    }
}
