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
    public static Blueprint Read(ReadOnlyMemory<byte> json)
    {
        var byteOrderMark = Encoding.UTF8.Preamble;
        if (json.Span.StartsWith(byteOrderMark))
            json = json[byteOrderMark.Length..];

        return TryRead(json.Span) ?? throw new BlueprintException(BlueprintInspection.Run(json));
    }

    /// <summary>Reads a valid blueprint; null if there is any mistake. The places of mistakes are found only then.</summary>
    private static Blueprint? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BlueprintJson.Default.Blueprint) is { } blueprint && blueprint.Validate().Count == 0 ? blueprint : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
