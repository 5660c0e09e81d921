using System.Text;
using System.Text.Json;
using CognitoM2M.Provisioning.Blueprints;

namespace CognitoM2M.Provisioning;

public sealed partial record Blueprint
{
    private static readonly Lazy<string> _schema = new(() =>
    {
        using var stream = typeof(Blueprint).Assembly.GetManifestResourceStream("cognito-m2m.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>The JSON schema of blueprints, for editors.</summary>
    public static string JsonSchema => _schema.Value;

    /// <summary>Reads a blueprint from JSON text; comments and trailing commas are allowed.</summary>
    /// <exception cref="BlueprintException">The text is not a blueprint, or the blueprint is not valid.</exception>
    public static Blueprint Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a blueprint from a file.</summary>
    /// <exception cref="BlueprintException">The file is not a blueprint, or the blueprint is not valid.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static async Task<Blueprint> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        Parse(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));

    /// <summary>The blueprint as JSON text, as <see cref="Parse(string)"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BlueprintJson.Readable.Blueprint);

    /// <summary>Everything that is wrong with the blueprint; empty if it is valid.</summary>
    public IReadOnlyList<BlueprintMistake> Validate() => new BlueprintValidation(this).Mistakes;

    /// <summary>Stops before the first request if something is wrong.</summary>
    internal void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } mistakes)
            throw new BlueprintException(mistakes);
    }

    private static Blueprint Parse(ReadOnlySpan<byte> json)
    {
        var byteOrderMark = Encoding.UTF8.Preamble;
        if (json.StartsWith(byteOrderMark))
            json = json[byteOrderMark.Length..];

        try
        {
            var blueprint = JsonSerializer.Deserialize(json, BlueprintJson.Default.Blueprint)
                ?? throw new BlueprintException([new("$", "must be an object", Line: 1)]);
            blueprint.ThrowIfInvalid();
            return blueprint;
        }
        catch (JsonException e)
        {
            throw new BlueprintException([BlueprintJson.Explain(e)]);
        }
    }
}
