using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
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
        { "JSON of bytes", JsonContent.Create(new { data = new byte[100_000] }), true },
        { "JSON of many records", JsonContent.Create(Enumerable.Range(0, 20_000).Select(n => new Line("tea", n)).ToList()), true },
        { "JSON of loose values", JsonContent.Create(new Dictionary<string, object?> { ["a"] = 1, ["b"] = new List<object> { "x", new Line("tea", 1) }, ["c"] = null }), true },
        { "JSON of loose values with an iterator", JsonContent.Create(new Dictionary<string, object?> { ["a"] = Iterator() }), false },
        { "JSON of a sequence that is a list", JsonContent.Create(new Order { Lines = new List<Line> { new("tea", 1) } }), true },
        { "JSON of a sequence that is an iterator", JsonContent.Create(new Order { Lines = Iterator().Select(n => new Line("tea", n)) }), false },
        { "JSON of a tuple", JsonContent.Create(Tuple.Create(1, "a")), true },
        { "JSON of a projection", JsonContent.Create(new List<int> { 1 }.Select(n => n + 1)), false },
        { "JSON of a collection of the user", JsonContent.Create(new UserCollection()), true },
        { "JSON of loose values in a collection of the user", JsonContent.Create(new LooseUserCollection()), false },
        { "JSON of a computed sequence", JsonContent.Create(new ComputedSequence()), false },
        { "JSON of a computed value", JsonContent.Create(new ComputedValue()), true },
        { "JSON of a computed loose value", JsonContent.Create(new ComputedLooseValue()), false },
        { "JSON of a sequence that its getter wraps", JsonContent.Create(new WrappingGetter { Lines = [1] }), false },
        { "JSON with an ignored stream", JsonContent.Create(new IgnoredStream()), true },
        { "JSON with a stream that is ignored if null", JsonContent.Create(new StreamIgnoredIfNull()), false },
        { "JSON with an included sequence", JsonContent.Create(new IncludedSequence()), false },
        { "JSON of a type that contains itself", JsonContent.Create(new Node { Next = new Node() }), true },
        { "JSON of a base type with a derived sequence", JsonContent.Create(new Holder()), false },
        { "JSON of text", JsonContent.Create("a"), true },
        { "JSON of an async sequence", JsonContent.Create<object>(Sequence()), false },
        { "stream", new StreamContent(new MemoryStream()), false },
        { "parts in memory", new MultipartFormDataContent { { new StringContent("a"), "a" } }, true },
        { "parts in memory and a stream", new MultipartFormDataContent { { new StringContent("a"), "a" }, { new StreamContent(new MemoryStream()), "b" } }, false },
        { "parts with a stream", new MultipartFormDataContent { { new StreamContent(new MemoryStream()), "a" } }, false },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Content_is_sent_again_only_if_all_of_it_is_in_memory(string description, HttpContent? content, bool expected) =>
        Assert.True(expected == ReplayableContent.CanSendAgain(content), description);

    [Fact]
    public void No_getter_and_no_enumerator_of_the_user_runs()
    {
        var order = new ThrowingGetters();

        Assert.True(ReplayableContent.CanSendAgain(JsonContent.Create(order)));
        Assert.False(ReplayableContent.CanSendAgain(JsonContent.Create(new Dictionary<string, object> { ["a"] = new ThrowingItems() })));
        Assert.Equal(0, order.Reads);
    }

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

    [Fact]
    public async Task Body_that_was_disposed_is_not_ready_to_be_sent()
    {
        var content = new MultipartFormDataContent { { new StringContent("a"), "a" } };
        content.Dispose();

        Assert.False(await ReplayableContent.TryPrepareAsync(content, callerBlocks: false, CancellationToken.None));
    }

    [Fact]
    public async Task Cancelled_call_ends_as_cancelled_and_not_as_a_body_that_is_not_ready()
    {
        var cancelled = new CancellationToken(canceled: true);
        using var content = new SlowContent(Task.FromCanceled(cancelled));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReplayableContent.TryPrepareAsync(content, callerBlocks: false, cancelled).AsTask());
    }

    [Fact]
    public async Task Blocking_caller_does_not_wait_for_a_body_that_is_written_slowly()
    {
        var written = new TaskCompletionSource();
        using var first = new SlowContent(written.Task);
        using var second = new SlowContent(written.Task);

        var blocking = ReplayableContent.TryPrepareAsync(first, callerBlocks: true, CancellationToken.None);
        var waiting = ReplayableContent.TryPrepareAsync(second, callerBlocks: false, CancellationToken.None);

        Assert.True(blocking.IsCompletedSuccessfully);
        Assert.False(await blocking);
        Assert.False(waiting.IsCompleted);
        written.SetResult();
        Assert.True(await waiting);
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

    private sealed record Line(string Item, int Count);

    /// <summary>Content of the user that is in memory and is written slowly.</summary>
    private sealed class SlowContent(Task written) : ByteArrayContent([1])
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await written;
            await base.SerializeToStreamAsync(stream, context);
        }
    }

    private sealed class Order
    {
        public IEnumerable<Line>? Lines { get; init; }
    }

    private sealed class UserCollection : List<int>;

    private sealed class LooseUserCollection : List<object>;

    private sealed class ComputedSequence
    {
        public IEnumerable<int> Lines => Iterator();
    }

    private sealed class ComputedValue
    {
        public int Count => Iterator().Count();
    }

    private sealed class ComputedLooseValue
    {
        public object Lines => Iterator();
    }

    private sealed class WrappingGetter
    {
        public IEnumerable<int> Lines
        {
            get => field.Select(n => n);
            init;
        } = [];
    }

    private sealed class IgnoredStream
    {
        [JsonIgnore]
        public Stream Body { get; } = new MemoryStream();
    }

    private sealed class StreamIgnoredIfNull
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public object Body { get; } = new MemoryStream();
    }

    private sealed class IncludedSequence
    {
        [JsonInclude]
        internal IEnumerable<int> Lines { get; } = Iterator();
    }

    private sealed class Node
    {
        public Node? Next { get; init; }
    }

    private sealed class Holder
    {
        public Base Value => new Derived();
    }

    [JsonDerivedType(typeof(Derived))]
    private class Base;

    private sealed class Derived : Base
    {
        public IEnumerable<int> Lines => Iterator();
    }

    private sealed class ThrowingGetters
    {
        [JsonIgnore]
        public int Reads { get; private set; }

        public string Item => Throw();

        [JsonIgnore]
        public object Ignored => Throw();

        private string Throw()
        {
            Reads++;
            throw new InvalidOperationException("A getter ran.");
        }
    }

    private sealed class ThrowingItems : List<object>, IEnumerable<object>
    {
        IEnumerator<object> IEnumerable<object>.GetEnumerator() => throw new InvalidOperationException("An enumerator ran.");
    }
}
