using System.Collections.Frozen;

namespace CognitoM2M.Lambda.Routes;

/// <summary>The rules of all routes that an authorizer protects. A route that has no rule is closed.</summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<(string Method, string PathShape), RouteRule> _rules;

    public RouteTable(IEnumerable<RouteRule> rules)
    {
        Rules = [.. rules];
        _rules = Rules.ToFrozenDictionary(rule => (rule.Template.Method, rule.Template.PathShape));
        Scopes = [.. Rules.SelectMany(rule => rule.Alternatives).SelectMany(scopes => scopes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<RouteRule> Rules { get; }

    /// <summary>Every scope that a rule names, in order.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>
    /// The rule of a route key of an HTTP API: the rule for its method, or else the rule for all methods; null if there is neither. For a route key of
    /// all methods, rules for one method do not count.
    /// </summary>
    public RouteRule? FindByKey(string routeKey) =>
        RouteTemplate.TryParse(routeKey, out _) is { } template
            ? _rules.GetValueOrDefault((template.Method, template.PathShape)) ?? _rules.GetValueOrDefault((RouteTemplate.AnyMethod, template.PathShape))
            : null;

    /// <summary>The rule of one request to a route: the rule for the method of the request, or else the rule for all methods; null if there is neither.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="resource">The path of the route, such as <c>/orders/{id}</c>.</param>
    public RouteRule? FindByResource(string method, string resource) => FindByKey($"{method} {resource}");

    /// <summary>The rules that apply to one method. For each path, a rule for this method replaces the rule for all methods.</summary>
    public IReadOnlyList<RouteRule> FindByMethod(string method) =>
    [
        .. Rules.Where(rule => rule.Template.Method == method
            || (rule.Template.Method == RouteTemplate.AnyMethod && !_rules.ContainsKey((method, rule.Template.PathShape)))),
    ];

    /// <summary>The methods, grouped by the rules that apply to them: most methods of most APIs have the same rules.</summary>
    public IEnumerable<(IReadOnlyList<string> Methods, IReadOnlyList<RouteRule> Rules)> GroupMethods() =>
        RouteTemplate.Methods.GroupBy(FindByMethod, SameRules.Instance).Select(group => ((IReadOnlyList<string>)[.. group], group.Key));

    private sealed class SameRules : IEqualityComparer<IReadOnlyList<RouteRule>>
    {
        public static SameRules Instance { get; } = new();

        public bool Equals(IReadOnlyList<RouteRule>? x, IReadOnlyList<RouteRule>? y) => x!.SequenceEqual(y!, ReferenceEqualityComparer.Instance);

        public int GetHashCode(IReadOnlyList<RouteRule> obj) => obj.Count;
    }
}
