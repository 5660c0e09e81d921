using System.Net.Http.Json;
using System.Text;
using CognitoM2M.Http;

namespace CognitoM2M.Tests.Http;

/// <summary>Which request bodies can be sent a second time.</summary>
public sealed class ReplayableContentTests
{
    public static TheoryData<string, HttpContent?, bool> Contents => new()
    {
        { "none", null, true },
        { "text", new StringContent("a"), true },
        { "form", new FormUrlEncodedContent([]), true },
        { "memory", new ReadOnlyMemoryContent(Encoding.UTF8.GetBytes("a")), true },
        { "JSON", JsonContent.Create(new { a = 1 }), true },
        { "JSON null", JsonContent.Create<object?>(null), true },
        { "JSON of lists", JsonContent.Create(new { items = new[] { new { name = "a", tags = new List<string> { "b" } } }, map = new Dictionary<string, int> { ["c"] = 1 } }), true },
        { "JSON of an iterator", JsonContent.Create(Iterator()), false },
        { "JSON with an iterator inside", JsonContent.Create(new { x = Iterator() }), false },
        { "JSON with an async sequence inside", JsonContent.Create(new { x = Sequence() }), false },
        { "JSON of a query", JsonContent.Create(new[] { 1, 2 }.Where(n => n > 1)), false },
        { "JSON of a JSON document", JsonContent.Create(System.Text.Json.Nodes.JsonNode.Parse("""{"a":[1]}""")), true },
        { "JSON of an async sequence", JsonContent.Create<object>(Sequence()), false },
        { "stream", new StreamContent(new MemoryStream()), false },
        { "parts in memory", new MultipartFormDataContent { { new StringContent("a"), "a" } }, true },
        { "parts with a stream", new MultipartFormDataContent { { new StreamContent(new MemoryStream()), "a" } }, false },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Content_is_sent_again_only_if_all_of_it_is_in_memory(string description, HttpContent? content, bool expected) =>
        Assert.True(expected == ReplayableContent.CanSendAgain(content), description);

    [Fact]
    public async Task Buffered_json_is_sent_again_even_if_its_value_is_an_iterator()
    {
        using var content = JsonContent.Create(Iterator());
        await content.LoadIntoBufferAsync();

        Assert.True(ReplayableContent.CanSendAgain(content));
    }

    [Fact]
    public void Json_of_a_value_that_contains_itself_is_not_sent_again()
    {
        var loop = new Dictionary<string, object>();
        loop["self"] = loop;

        Assert.False(ReplayableContent.CanSendAgain(JsonContent.Create(loop)));
    }

    private static IEnumerable<int> Iterator()
    {
        yield return 1;
    }

    private static async IAsyncEnumerable<int> Sequence()
    {
        await Task.Yield();
        yield return 1;
    }
}
