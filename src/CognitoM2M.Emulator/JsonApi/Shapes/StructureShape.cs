using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>An object: its members, their shapes, and what the emulator does with them. Every other member is refused. The error names the member.</summary>
internal sealed class StructureShape : Shape
{
    private readonly List<ShapeMember> _members = [];

    public IReadOnlyList<ShapeMember> Members => _members;

    /// <summary>Adds a member that has an effect and must be given.</summary>
    public StructureShape Required(string name, Shape shape) => Add(new(name, shape, MemberUse.Effect) { IsRequired = true });

    /// <summary>Adds a member that has an effect.</summary>
    public StructureShape Optional(string name, Shape shape) => Add(new(name, shape, MemberUse.Effect));

    /// <summary>Adds a member that is kept and returned, and changes nothing else.</summary>
    public StructureShape Kept(string name, Shape shape, bool isRequired = false) =>
        Add(new(name, shape, MemberUse.Kept) { IsRequired = isRequired });

    /// <summary>Adds a member that is accepted and dropped.</summary>
    public StructureShape Unused(string name, Shape shape) => Add(new(name, shape, MemberUse.Unused));

    /// <summary>Adds a member that is refused.</summary>
    /// <param name="name">The name of the member.</param>
    /// <param name="reason">Why, as the end of a sentence.</param>
    /// <param name="accepted">The values that are accepted nevertheless.</param>
    public StructureShape Refused(string name, string reason, params string[] accepted) =>
        Add(new(name, Anything, MemberUse.Refused) { Reason = reason, Accepted = accepted });

    /// <summary>Adds members of descriptions.</summary>
    public StructureShape Described(params string[] names)
    {
        _members.AddRange(names.Select(name => new ShapeMember(name, Anything, MemberUse.Described)));
        return this;
    }

    /// <summary>Adds the members of another shape.</summary>
    public StructureShape With(StructureShape others)
    {
        _members.AddRange(others._members);
        return this;
    }

    /// <summary>Checks the input of an operation.</summary>
    /// <exception cref="RefusedException">The input has mistakes, or members that the emulator does not support. The message names all of them.</exception>
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
        foreach (var member in _members)
        {
            var path = prefix + WriteAsAws(member.Name);
            if (!structure.TryGetProperty(member.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (member.IsRequired)
                    violations.Add(path, "Value null", ["Member must not be null"]);
            }
            else if (member.Refuses(value))
            {
                violations.AddUnsupported(path, member);
            }
            else
            {
                member.Shape.Check(path, value, violations);
            }
        }

        foreach (var unknown in structure.EnumerateObject().Where(given => given.Value.ValueKind != JsonValueKind.Null && !_members.Exists(member => member.Name == given.Name)))
            violations.AddUnknown(prefix + WriteAsAws(unknown.Name), unknown.Name);
    }

    // As in AWS, error messages write member names with a lower-case first letter.
    private static string WriteAsAws(string name) => name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name[1..];

    private StructureShape Add(ShapeMember member)
    {
        _members.Add(member);
        return this;
    }
}
