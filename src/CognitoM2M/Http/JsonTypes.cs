using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CognitoM2M.Http;

/// <summary>Says of types whether all their values give the same JSON twice.</summary>
internal static class JsonTypes
{
    private const int DeepestLevel = 16;

    private static readonly HashSet<Type> _plainTypes =
    [
        typeof(string), typeof(decimal), typeof(Half), typeof(Int128), typeof(UInt128), typeof(Guid), typeof(Uri), typeof(Version),
        typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(JsonElement), typeof(JsonDocument), typeof(Memory<byte>), typeof(ReadOnlyMemory<byte>),
    ];

    private static readonly HashSet<Assembly> _collectionAssemblies =
        [typeof(List<>).Assembly, typeof(LinkedList<>).Assembly, typeof(ImmutableList<>).Assembly, typeof(ConcurrentDictionary<,>).Assembly];

    /// <summary>Whether the type holds one plain value, or JSON itself.</summary>
    public static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || _plainTypes.Contains(type) || typeof(JsonNode).IsAssignableFrom(type);

    /// <summary>Whether the values of the type are computed while they are serialized.</summary>
    public static bool IsComputed(Type type) =>
        typeof(Stream).IsAssignableFrom(type)
        || typeof(Delegate).IsAssignableFrom(type)
        || FindInterfaces(type, typeof(IAsyncEnumerable<>)).Any()
        || type.Namespace == "System.Linq";

    /// <summary>Whether every value of the type gives the same JSON twice. Only the type is examined. False if the type does not make this certain.</summary>
    public static bool IsRepeatable(Type type) => IsRepeatable(type, [], DeepestLevel);

    /// <summary>Whether this is a collection of .NET itself that stores its items. Going through it runs no code of the user.</summary>
    public static bool IsCollectionOfRuntime(Type type) =>
        type.IsArray
        || (_collectionAssemblies.Contains(type.Assembly)
            // The collections of System.Collections.ObjectModel read from another collection, which may be a class of the user.
            && type.Namespace is "System.Collections" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Concurrent" or "System.Collections.Frozen"
            && (typeof(ICollection).IsAssignableFrom(type) || FindItemTypes(type).Any()));

    private static bool IsRepeatable(Type type, HashSet<Type> seen, int levels)
    {
        if (IsPlain(type) || !seen.Add(type))
            return true;
        if (levels == 0 || IsComputed(type) || type == typeof(object))
            return false;

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            var items = FindItemTypes(type).ToList();
            return items.Count > 0 && items.TrueForAll(item => IsRepeatable(item, seen, levels - 1));
        }

        // The serializer writes the members of the declared type. It writes members of a derived type only if an attribute names that type.
        // An interface is abstract, too.
        return !type.IsAbstract
            && FindDerivedTypes(type).All(derived => IsRepeatable(derived, seen, levels - 1))
            && JsonMember.FindAll(type).All(member => IsRepeatable(member.Type, seen, levels - 1));
    }

    // A type that knows its count holds its items and does not compute them.
    private static IEnumerable<Type> FindItemTypes(Type type) =>
        FindInterfaces(type, typeof(ICollection<>)).Concat(FindInterfaces(type, typeof(IReadOnlyCollection<>)))
            .Select(collection => collection.GetGenericArguments()[0])
            .Distinct();

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The serializer cannot have used an interface that was trimmed away.")]
    private static IEnumerable<Type> FindInterfaces(Type type, Type definition) =>
        type.GetInterfaces().Append(type).Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition);

    private static IEnumerable<Type> FindDerivedTypes(Type type) =>
        type.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonDerivedTypeAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);
}
