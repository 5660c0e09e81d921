using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>An object: its known members and their shapes. Unknown members are accepted.</summary>
internal sealed class StructureShape : Shape
{
    private readonly List<(string Name, Shape Shape, bool IsRequired)> _members = [];

    public StructureShape Required(string name, Shape shape) => Add(name, shape, isRequired: true);

    public StructureShape Optional(string name, Shape shape) => Add(name, shape, isRequired: false);

    /// <summary>Adds the members of another shape.</summary>
    public StructureShape With(StructureShape others)
    {
        _members.AddRange(others._members);
        return this;
    }

    /// <summary>Checks the input of an operation.</summary>
    /// <exception cref="RefusedException">The input has mistakes. The message names all of them.</exception>
    public void Check(JsonElement input)
    {
        var violations = new InputViolations();
        CheckMembers("", input, violations);
        violations.ThrowIfAny();
    }

    public override void Check(string path, JsonElement value, InputViolations violations)
    {
        Require(path, value, JsonValueKind.Object);
        CheckMembers(path + ".", value, violations);
    }

    private void CheckMembers(string prefix, JsonElement structure, InputViolations violations)
    {
        foreach (var (name, shape, isRequired) in _members)
        {
            // As in AWS, error messages write member names with a lower-case first letter.
            var path = prefix + char.ToLowerInvariant(name[0]) + name[1..];
            if (structure.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                shape.Check(path, value, violations);
            else if (isRequired)
                violations.Add(path, "Value null", ["Member must not be null"]);
        }
    }

    private StructureShape Add(string name, Shape shape, bool isRequired)
    {
        _members.Add((name, shape, isRequired));
        return this;
    }
}
