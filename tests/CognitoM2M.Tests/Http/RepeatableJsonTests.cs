using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using CognitoM2M.Http;

namespace CognitoM2M.Tests.Http;

/// <summary>Which values give the same JSON twice. A value is loose if its type does not say so, and what is stored has to be looked at.</summary>
public sealed class RepeatableJsonTests
{
    private static readonly object _loose = new List<object>();

    public static TheoryData<string, object, bool> LooseValues => new()
    {
        { "anonymous type", new { Value = (object)1 }, true },
        { "anonymous type with an iterator", new { Value = (object)Iterator() }, false },
        { "public field", new WithField { Value = 1 }, true },
        { "public field with an iterator", new WithField { Value = Iterator() }, false },
        { "array list", new ArrayList { 1, "a" }, true },
        { "hash set", new HashSet<object> { 1 }, true },
        { "immutable list", ImmutableList.Create<object>(1), true },
        { "concurrent queue", new ConcurrentQueue<object>([1]), true },
        { "frozen dictionary", new Dictionary<string, object> { ["a"] = 1 }.ToFrozenDictionary(), true },
        // This collection passes on to another one, which may compute its items.
        { "collection around another", new Collection<object>([1]), false },
        { "part of a list", new List<int> { 1, 2 }.Skip(1), false },
        { "collection that throws", default(ImmutableArray<object>), false },
        { "property that is always ignored", new WithIgnored(), true },
        { "ignored property with a second attribute", new WithTwoAttributes(), true },
        { "indexer", new WithIndexer(), true },
        { "property without a getter", new WithoutGetter(), true },
        { "computed list", new WithComputedList(), true },
    };

    [Theory]
    [MemberData(nameof(LooseValues))]
    public void Value_is_repeatable_only_if_every_stored_value_is_repeatable(string description, object value, bool expected) =>
        Assert.True(expected == RepeatableJson.IsRepeatable(value), description);

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Values_are_examined_down_to_level_sixteen(int levels, bool expected)
    {
        object list = new List<object>();
        object box = new WithField { Value = _loose };
        for (var level = 1; level < levels; level++)
            list = new List<object> { list };
        for (var level = 2; level < levels; level++)
            box = new WithField { Value = box };

        Assert.Equal(expected, RepeatableJson.IsRepeatable(list));
        Assert.Equal(expected, RepeatableJson.IsRepeatable(box));
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Up_to_ten_thousand_values_are_examined(int values, bool expected) =>
        Assert.Equal(expected, RepeatableJson.IsRepeatable(Enumerable.Range(1, values - 1).Select(_ => new List<object>()).ToList<object>()));

    [Theory]
    [InlineData(typeof(int?), true)]
    [InlineData(typeof(DateTime?), true)]
    [InlineData(typeof(DayOfWeek), true)]
    [InlineData(typeof(IReadOnlyList<int>), true)]
    [InlineData(typeof(ICollection<int>), true)]
    [InlineData(typeof(IEnumerable<int>), false)]
    [InlineData(typeof(Queue<int>), true)]
    [InlineData(typeof(IDisposable), false)]
    [InlineData(typeof(AbstractType), false)]
    [InlineData(typeof(object), false)]
    public void Type_is_repeatable_only_if_every_value_of_the_type_is_repeatable(Type type, bool expected) => Assert.Equal(expected, JsonTypes.IsRepeatable(type));

    // The count says how many types are nested around the innermost type.
    [Theory]
    [InlineData(typeof(List<>), typeof(int), 16, true)]
    [InlineData(typeof(List<>), typeof(int), 17, false)]
    [InlineData(typeof(Box<>), typeof(int), 16, true)]
    [InlineData(typeof(Box<>), typeof(int), 17, false)]
    [InlineData(typeof(Box<>), typeof(Base), 14, true)]
    [InlineData(typeof(Box<>), typeof(Base), 15, false)]
    public void Types_are_examined_down_to_level_sixteen(Type around, Type innermost, int count, bool expected)
    {
        var type = innermost;
        for (var i = 0; i < count; i++)
            type = around.MakeGenericType(type);

        Assert.Equal(expected, JsonTypes.IsRepeatable(type));
    }

    private static IEnumerable<int> Iterator()
    {
        yield return 1;
    }

    private sealed class WithField
    {
        public object? Value;
    }

    private sealed class WithIgnored
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.Always)]
        public object Value { get; } = Iterator();
    }

    private sealed class WithTwoAttributes
    {
        [JsonIgnore]
        [JsonPropertyName("value")]
        public object Value { get; } = Iterator();
    }

    private sealed class WithIndexer
    {
        public object this[int index] => index;
    }

    private sealed class WithoutGetter
    {
        private object? _value;

        public object Value
        {
            set => _value = value;
        }

        public int Count => _value is null ? 0 : 1;
    }

    private sealed class WithComputedList
    {
        public IReadOnlyList<int> Items => [1];
    }

    private sealed class Box<T>
    {
        public T? Value { get; init; }
    }

    [JsonDerivedType(typeof(Derived))]
    private class Base;

    private sealed class Derived : Base;

    private abstract class AbstractType;
}
