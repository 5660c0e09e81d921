using System.Net.Http.Json;
using System.Text;
using CognitoM2M.Http;

namespace CognitoM2M.Tests.Http;

public sealed class ReplayableContentTests
{
    public static TheoryData<string, HttpContent?, bool> Contents => new()
    {
        { "none", null, true },
        { "text", new StringContent("a"), true },
        { "form", new FormUrlEncodedContent([]), true },
        { "memory", new ReadOnlyMemoryContent(Encoding.UTF8.GetBytes("a")), true },
        { "JSON", JsonContent.Create(new { a = 1 }), true },
        { "JSON of nothing", JsonContent.Create<object?>(null), true },
        { "JSON of an async sequence", JsonContent.Create<object>(Sequence()), false },
        { "stream", new StreamContent(new MemoryStream()), false },
        { "parts in memory", new MultipartFormDataContent { { new StringContent("a"), "a" } }, true },
        { "parts with a stream", new MultipartFormDataContent { { new StreamContent(new MemoryStream()), "a" } }, false },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Content_is_sent_again_only_if_it_lies_in_memory_whole(string what, HttpContent? content, bool expected) =>
        Assert.True(expected == ReplayableContent.CanSendAgain(content), what);

    private static async IAsyncEnumerable<int> Sequence()
    {
        await Task.Yield();
        yield return 1;
    }
}
