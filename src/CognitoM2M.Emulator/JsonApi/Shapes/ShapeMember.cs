using System.Text.Json;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>One member of an object.</summary>
/// <param name="Name">The name in the API.</param>
/// <param name="Shape">The values that the member may have.</param>
/// <param name="Use">What the emulator does with the member.</param>
internal sealed record ShapeMember(string Name, Shape Shape, MemberUse Use)
{
    public bool IsRequired { get; init; }

    /// <summary>Why the member is refused, as the end of a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The values of a refused member that are accepted nevertheless, because they ask for what the emulator does anyway.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];

    /// <summary>Whether the emulator must refuse the value. An empty list and an empty object ask for nothing.</summary>
    public bool Refuses(JsonElement value) => Use == MemberUse.Refused && value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.Null),
        JsonValueKind.Array => value.EnumerateArray().Any(Refuses),
        JsonValueKind.String => !Accepted.Contains(value.GetString()!, StringComparer.Ordinal),
        _ => !Accepted.Contains(value.GetRawText(), StringComparer.Ordinal),
    };
}
