using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>
/// Members of descriptions that an update cannot change. A caller may read a description and send it back as a whole, so an update accepts them
/// unchanged.
/// </summary>
internal static class DescribedMembers
{
    /// <summary>Members that may have changed since the caller read the description.</summary>
    private static readonly string[] _changing = ["LastModifiedDate", "EstimatedNumberOfUsers"];

    /// <param name="operation">The name of the update.</param>
    /// <param name="input">The input of the update.</param>
    /// <param name="description">The present description.</param>
    /// <param name="names">The members that the update cannot change.</param>
    /// <exception cref="RefusedException">The input has another value for one of the members. The message does not show the values.</exception>
    public static void RequireUnchanged(string operation, JsonElement input, JsonObject description, IEnumerable<string> names)
    {
        foreach (var name in names.Except(_changing, StringComparer.Ordinal))
        {
            if (input.TryGetProperty(name, out var sent)
                && sent.ValueKind != JsonValueKind.Null
                && !JsonNode.DeepEquals(JsonNode.Parse(sent.GetRawText()), description[name]))
                throw RefusedException.InvalidParameter($"{operation} cannot change {name}. Leave it out, or send the value of the description.");
        }
    }
}
