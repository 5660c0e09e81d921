using System.Collections;
using System.Text.Json;

namespace CognitoM2M.Http;

/// <summary>
/// Says whether a value gives the same JSON when it is serialized a second time. A value that is computed while it is enumerated may be empty
/// then, such as an iterator over a queue or an asynchronous sequence. Runs only after a rejection.
/// </summary>
/// <remarks>
/// No code of the user runs: no getter, no enumerator, no converter. What is stored is looked at: fields, and the items of .NET's own
/// collections. Where code would have to run, the declared type decides.
/// </remarks>
internal sealed class RepeatableJson
{
    private const int DeepestLevel = 16;
    private const int MostValues = 10_000;

    private int _left = MostValues;

    private RepeatableJson()
    {
    }

    /// <summary>Never throws. False if in doubt.</summary>
    public static bool IsRepeatable(object? value)
    {
        if (value is null || JsonTypes.IsPlain(value.GetType()))
            return true;
        // Without reflection-based JSON, members may be trimmed away.
        if (!JsonSerializer.IsReflectionEnabledByDefault)
            return false;

        try
        {
            return new RepeatableJson().IsRepeatable(value, DeepestLevel);
        }
        catch (Exception)
        {
            // A type could not be loaded, or another thread changed a collection.
            return false;
        }
    }

    private bool IsRepeatable(object? value, int levels)
    {
        if (value is null)
            return true;

        var type = value.GetType();
        if (JsonTypes.IsRepeatable(type))
            return true;
        if (levels == 0 || --_left < 0 || JsonTypes.IsComputed(type))
            return false;

        return value is IEnumerable items
            ? JsonTypes.IsCollectionOfRuntime(type) && AreAllRepeatable(items, levels - 1)
            : JsonMember.FindAll(type).All(member =>
                member.TryRead(value, out var stored) ? IsRepeatable(stored, levels - 1) : JsonTypes.IsRepeatable(member.Type));
    }

    private bool AreAllRepeatable(IEnumerable items, int levels)
    {
        foreach (var item in items)
        {
            if (!IsRepeatable(item, levels))
                return false;
        }

        return true;
    }
}
