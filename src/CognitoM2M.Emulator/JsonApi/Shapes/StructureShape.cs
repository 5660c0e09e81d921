using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>The members of an object that are known, and what each has to look like. Others pass.</summary>
internal sealed class StructureShape : Shape
{
    private readonly List<(string Name, Shape Shape, bool IsRequired)> _members = [];

    public StructureShape Required(string name, Shape shape) => Add(name, shape, isRequired: true);

    public StructureShape Optional(string name, Shape shape) => Add(name, shape, isRequired: false);

    public StructureShape With(StructureShape others)
    {
        _members.AddRange(others._members);
        return this;
    }

    /// <summary>Checks the input of an operation.</summary>
    /// <exception cref="RefusedException">Something is wrong; the message says all that is.</exception>
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
            // AWS names members in errors as its Java code does.
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
