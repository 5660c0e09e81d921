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
    /// Pairs of folders that use each other. The root namespace is left out: public types stand there, and every folder may use them.
    /// </summary>
    public IEnumerable<(FolderUse There, FolderUse Back)> FindTwoWayPairs(string rootNamespace) =>
        from use in Uses
        where IsBelow(rootNamespace, use.From) && IsBelow(rootNamespace, use.To) && string.CompareOrdinal(use.From, use.To) < 0
        where _uses.ContainsKey((use.To, use.From))
        select (use, _uses[(use.To, use.From)]);

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
