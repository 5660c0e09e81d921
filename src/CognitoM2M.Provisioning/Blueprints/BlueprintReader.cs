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

    /// <summary>Reads a blueprint.</summary>
    /// <param name="json">The text.</param>
    /// <param name="variables">Finds the value of a variable, or null if it is not set; null if there are no variables.</param>
    /// <exception cref="BlueprintException">The text is not a blueprint, or the blueprint is not valid.</exception>
    public static Blueprint Read(ReadOnlyMemory<byte> json, Func<string, string?>? variables = null)
    {
        var byteOrderMark = Encoding.UTF8.Preamble;
        if (json.Span.StartsWith(byteOrderMark))
            json = json[byteOrderMark.Length..];

        if (!BlueprintVariables.Contains(json.Span) && TryRead(json.Span) is { } blueprint)
            return blueprint;

        var (inspected, mistakes) = BlueprintInspection.Run(json, variables ?? (_ => null));
        return mistakes.Count == 0 ? inspected! : throw new BlueprintException(mistakes);
    }

    /// <summary>Reads a valid blueprint; null if there is any mistake. The places of mistakes are found only if there is one.</summary>
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
