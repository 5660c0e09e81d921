using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Http;

/// <summary>
/// Says whether a value serializes to the same JSON twice. A value that is computed while it is enumerated may be empty the second time, such
/// as an iterator over a queue or an asynchronous sequence. Runs only after a 401, and reads the members that the serializer read.
/// </summary>
internal static class RepeatableJson
{
    private const int DeepestLevel = 16;
    private const int MostValues = 10_000;

    public static bool IsRepeatable(object? value)
    {
        // Without reflection-based JSON, members may be trimmed away.
        var left = MostValues;
        return value is null || (JsonSerializer.IsReflectionEnabledByDefault && IsRepeatable(value, DeepestLevel, ref left));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Not reached in trimmed applications: reflection-based JSON is off there.")]
    private static bool IsRepeatable(object? value, int levels, ref int left)
    {
        if (levels == 0 || --left < 0)
            return false;

        switch (value)
        {
            case null or string or Enum or JsonElement or JsonDocument or JsonNode or Uri or Version or Type or Guid or decimal:
            case DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly:
                return true;
            case IEnumerable items:
                return IsCollection(value.GetType()) && AreAllRepeatable(items, levels - 1, ref left);
        }

        var type = value.GetType();
        if (type.IsPrimitive)
            return true;
        if (value is Stream or Delegate || Implements(type, typeof(IAsyncEnumerable<>)))
            return false;

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0 && !IsRepeatable(property.GetValue(value), levels - 1, ref left))
                return false;
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!IsRepeatable(field.GetValue(value), levels - 1, ref left))
                return false;
        }

        return true;
    }

    private static bool AreAllRepeatable(IEnumerable items, int levels, ref int left)
    {
        foreach (var item in items)
        {
            if (!IsRepeatable(item, levels, ref left))
                return false;
        }

        return true;
    }

    // A type that knows its count holds its items and does not compute them.
    private static bool IsCollection(Type type) =>
        typeof(ICollection).IsAssignableFrom(type) || Implements(type, typeof(ICollection<>)) || Implements(type, typeof(IReadOnlyCollection<>));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The serializer cannot have used an interface that was trimmed away.")]
    private static bool Implements(Type type, Type definition) =>
        Array.Exists(type.GetInterfaces(), implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == definition);
}
