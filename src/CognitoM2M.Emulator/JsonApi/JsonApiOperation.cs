using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi.Shapes;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>Carries out an operation.</summary>
/// <returns>The output; null for a response with an empty body, which is not the same as an empty object.</returns>
internal delegate ValueTask<JsonObject?> JsonApiAction(JsonApiInput input, CancellationToken cancellationToken);

/// <summary>One operation of the JSON API.</summary>
/// <param name="Name">The name, as in the header X-Amz-Target.</param>
/// <param name="Input">The shape of the input, which is checked before the operation runs.</param>
/// <param name="Run">Carries out the operation.</param>
internal sealed record JsonApiOperation(string Name, StructureShape Input, JsonApiAction Run)
{
    public JsonApiOperation(string name, StructureShape input, Func<JsonApiInput, JsonObject?> run)
        : this(name, input, (members, _) => new ValueTask<JsonObject?>(run(members)))
    {
    }

    /// <summary>The name of the error for a failure inside the service.</summary>
    public string InternalErrorName { get; init; } = "InternalErrorException";
}
