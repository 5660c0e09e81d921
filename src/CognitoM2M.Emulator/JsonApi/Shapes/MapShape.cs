using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>A map from text to text.</summary>
internal sealed class MapShape(TextShape key, TextShape value, bool isSecret) : Shape
{
    public override void Check(string path, JsonElement map, InputViolations violations)
    {
        Require(path, map, JsonValueKind.Object);
        foreach (var entry in map.EnumerateObject())
        {
            Require(path, entry.Value, JsonValueKind.String);
            violations.Add(path, $"Map key '{entry.Name}'", key.FindViolations(entry.Name));
            var shown = isSecret ? "Value" : $"Value '{entry.Value}'";
            violations.Add($"{path}.{entry.Name}", shown, value.FindViolations(entry.Value.GetString()));
        }
    }
}
