using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi.Shapes;

namespace CognitoM2M.Emulator.JsonApi;

/// <returns>The output; null for an empty body, which is not the same as an empty object.</returns>
internal delegate ValueTask<JsonObject?> JsonApiAction(JsonApiInput input, CancellationToken cancellationToken);

/// <summary>One operation: its name on the wire, what it accepts, what it does with accepted input.</summary>
internal sealed record JsonApiOperation(string Name, StructureShape Input, JsonApiAction Run)
{
    public JsonApiOperation(string name, StructureShape input, Func<JsonApiInput, JsonObject?> run)
        : this(name, input, (members, _) => new ValueTask<JsonObject?>(run(members)))
    {
    }

    /// <summary>What the service calls a failure of its own.</summary>
    public string InternalErrorName { get; init; } = "InternalErrorException";
}
