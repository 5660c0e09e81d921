using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Http;

/// <summary>
/// Says whether a value gives the same JSON twice. What is computed while it is enumerated may be empty the second time: an iterator
/// over a queue, an asynchronous sequence. Runs only after a 401, and looks at what the serializer looked at.
/// </summary>
internal static class RepeatableJson
{
    private const int DeepestLevel = 16;
    private const int MostValues = 10_000;

    public static bool Is(object? value)
    {
        // Without reflection for JSON, the members may have been trimmed away from here.
        var left = MostValues;
        return value is null || (JsonSerializer.IsReflectionEnabledByDefault && Is(value, DeepestLevel, ref left));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Is not reached in trimmed applications, where reflection for JSON is off.")]
    private static bool Is(object? value, int levels, ref int left)
    {
        if (levels == 0 || --left < 0)
            return false;

        switch (value)
        {
            case null or string or Enum or JsonElement or JsonDocument or JsonNode or Uri or Version or Type or Guid or decimal:
            case DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly:
                return true;
            case IEnumerable items:
                return IsCollection(value.GetType()) && AllAre(items, levels - 1, ref left);
        }

        var type = value.GetType();
        if (type.IsPrimitive)
            return true;
        if (value is Stream or Delegate || Implements(type, typeof(IAsyncEnumerable<>)))
            return false;

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0 && !Is(property.GetValue(value), levels - 1, ref left))
                return false;
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!Is(field.GetValue(value), levels - 1, ref left))
                return false;
        }

        return true;
    }

    private static bool AllAre(IEnumerable items, int levels, ref int left)
    {
        foreach (var item in items)
        {
            if (!Is(item, levels, ref left))
                return false;
        }

        return true;
    }

    // What can say how many items it has is not computing them.
    private static bool IsCollection(Type type) =>
        typeof(ICollection).IsAssignableFrom(type) || Implements(type, typeof(ICollection<>)) || Implements(type, typeof(IReadOnlyCollection<>));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that was trimmed away cannot have been serialized through either.")]
    private static bool Implements(Type type, Type definition) =>
        Array.Exists(type.GetInterfaces(), implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == definition);
}
