using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>Lists in pages. What was there at the first page and is not deleted meanwhile appears exactly once.</summary>
internal sealed class Paging(SealedText seals)
{
    private const string Position = "after";

    public static Shape TokenShape { get; } = Shape.Text(TextShape.OfLength(1, 131072));

    /// <summary>One page of the output of a list operation.</summary>
    /// <param name="list">Which list; a token of another one is refused.</param>
    /// <param name="items">In the order of their sequence numbers.</param>
    /// <param name="sequence">The number of an item.</param>
    /// <param name="size">At most so many.</param>
    /// <param name="token">From the page before; null for the first.</param>
    /// <param name="member">The member that holds the items.</param>
    /// <param name="describe">How an item appears.</param>
    /// <exception cref="RefusedException">The token is not one of that list.</exception>
    public JsonObject Page<T>(
        string list, IEnumerable<T> items, Func<T, long> sequence, int size, string? token, string member, Func<T, JsonObject> describe)
    {
        var after = token is null ? 0 : seals.Open(list, token)?.GetProperty(Position).GetInt64()
            ?? throw RefusedException.InvalidParameter("Invalid NextToken.");

        var found = items.Where(item => sequence(item) > after).Take(size + 1).ToList();
        var page = found.Take(size).ToList();
        var output = new JsonObject { [member] = new JsonArray([.. page.Select(describe)]) };
        if (found.Count > size)
            output["NextToken"] = seals.Seal(list, new JsonObject { [Position] = sequence(page[^1]) });
        return output;
    }
}
