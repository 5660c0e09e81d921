using Mono.Cecil;

namespace CognitoM2M.Architecture.Tests.Checks;

/// <summary>Which namespaces of one assembly use which others.</summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<(string From, string To), FolderUse> _uses = [];

    private FolderGraph()
    {
    }

    /// <summary>Every use of one namespace by another, one example each.</summary>
    public IEnumerable<FolderUse> Uses => _uses.Values.OrderBy(use => use.From, StringComparer.Ordinal).ThenBy(use => use.To, StringComparer.Ordinal);

    /// <summary>Reads the uses from the compiled types of <paramref name="module"/>.</summary>
    public static FolderGraph Read(ModuleDefinition module)
    {
        var graph = new FolderGraph();
        foreach (var type in module.GetTypes())
        {
            TypeUses.Visit(type, (user, used) => graph.Add(module, user, used));
        }

        return graph;
    }

    /// <summary>
    /// Finds cycles: folders that use each other, directly or through other folders. Each cycle is the list of its uses in order. The root
    /// namespace is left out, because it has the public types, and every folder may use them.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<FolderUse>> FindCycles(string rootNamespace)
    {
        var uses = Uses.Where(use => IsBelow(rootNamespace, use.From) && IsBelow(rootNamespace, use.To)).ToList();
        return [.. uses
            .Select(use => FindWay(uses, use.To, use.From) is { } back ? (IReadOnlyList<FolderUse>)[use, .. back] : [])
            .Where(cycle => cycle.Count > 0)
            .DistinctBy(cycle => string.Join(' ', cycle.Select(use => use.From).Order(StringComparer.Ordinal)))
            .OrderBy(cycle => cycle.Count)];
    }

    /// <summary>The shortest chain of uses that leads from one folder to another; null if there is none.</summary>
    private static List<FolderUse>? FindWay(List<FolderUse> uses, string from, string to)
    {
        var ways = new Queue<List<FolderUse>>(uses.Where(use => use.From == from).Select(use => new List<FolderUse> { use }));
        var seen = new HashSet<string> { from };
        while (ways.TryDequeue(out var way))
        {
            var end = way[^1].To;
            if (end == to)
                return way;
            if (!seen.Add(end))
                continue;
            foreach (var next in uses.Where(use => use.From == end))
                ways.Enqueue([.. way, next]);
        }

        return null;
    }

    private static bool IsBelow(string rootNamespace, string name) => name.StartsWith(rootNamespace + ".", StringComparison.Ordinal);

    private void Add(ModuleDefinition module, MemberReference user, TypeReference used)
    {
        // A type reference of the same assembly is its definition. Everything else belongs to another assembly.
        if (used is not TypeDefinition definition || definition.Module != module)
            return;

        var (from, to) = (NamespaceOf(DeclaringType(user)), NamespaceOf(definition));
        if (from != to)
            _uses.TryAdd((from, to), new FolderUse(from, to, $"{user.FullName} -> {definition.FullName}"));
    }

    private static TypeDefinition DeclaringType(MemberReference member) => member as TypeDefinition ?? (TypeDefinition)member.DeclaringType;

    /// <summary>The namespace of the outermost type: nested and compiler-generated types count to the type that declares them.</summary>
    private static string NamespaceOf(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Namespace;
    }
}
