using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>A value without parts: a text, a number or a flag.</summary>
internal abstract class ScalarShape(bool isSecret = false) : Shape
{
    public bool IsSecret => isSecret;

    /// <summary>The constraints that the value does not satisfy, in the words of the AWS APIs.</summary>
    public abstract IEnumerable<string> FindViolations(string path, JsonElement value);

    public override void Check(string path, JsonElement value, InputViolations violations) =>
        violations.Add(path, isSecret ? "Value" : $"Value '{value}'", FindViolations(path, value));
}

internal sealed class TextValueShape(TextShape shape, bool isSecret) : ScalarShape(isSecret)
{
    public override IEnumerable<string> FindViolations(string path, JsonElement value)
    {
        Require(path, value, JsonValueKind.String);
        return shape.FindViolations(value.GetString());
    }
}

internal sealed class EnumShape(params string[] values) : ScalarShape
{
    private readonly string _violation = $"Member must satisfy enum value set: [{string.Join(", ", values)}]";

    public override IEnumerable<string> FindViolations(string path, JsonElement value)
    {
        Require(path, value, JsonValueKind.String);
        return values.Contains(value.GetString(), StringComparer.Ordinal) ? [] : [_violation];
    }
}

internal sealed class NumberShape(long min, long max) : ScalarShape
{
    public override IEnumerable<string> FindViolations(string path, JsonElement value)
    {
        Require(path, value, JsonValueKind.Number);
        if (!value.TryGetInt64(out var number))
            throw WrongType(path, value.ValueKind, "Integer");

        if (number > max)
            return [$"Member must have value less than or equal to {max}"];
        return number < min ? [$"Member must have value greater than or equal to {min}"] : [];
    }
}

internal sealed class FlagShape : ScalarShape
{
    public override IEnumerable<string> FindViolations(string path, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : throw WrongType(path, value.ValueKind, "Boolean");
}
