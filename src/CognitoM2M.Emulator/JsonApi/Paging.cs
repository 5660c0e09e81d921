using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>
/// Cuts lists into pages. An item that exists from the first to the last page appears exactly once, even if other items are created or
/// deleted in the meantime.
/// </summary>
internal sealed class Paging(SealedText seals)
{
    private const string Position = "after";

    public static Shape TokenShape { get; } = Shape.Text(TextShape.WithLength(1, 131072));

    /// <summary>Creates one page: the output of a list operation.</summary>
    /// <param name="list">The name of the list. A page token of another list is refused.</param>
    /// <param name="items">All items, ordered by sequence number.</param>
    /// <param name="sequence">Gets the sequence number of an item.</param>
    /// <param name="size">The largest number of items on the page.</param>
    /// <param name="token">The page token from the page before; null for the first page.</param>
    /// <param name="member">The name of the member that holds the items.</param>
    /// <param name="describe">Describes an item.</param>
    /// <exception cref="RefusedException">The page token is not one of this list.</exception>
    public JsonObject CreatePage<T>(
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
