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

    /// <summary>The rule of a route of an HTTP API, given as its route key; null if there is none.</summary>
    public RouteRule? FindByKey(string routeKey) =>
        RouteTemplate.TryParse(routeKey, out _) is { } template ? _rules.GetValueOrDefault((template.Method, template.PathShape)) : null;

    /// <summary>The rule of a method of a REST API resource: the rule for this method, or else the rule for all methods; null if there is neither.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="resource">The path of the resource, such as <c>/orders/{id}</c>.</param>
    public RouteRule? FindByResource(string method, string resource) =>
        FindByKey($"{method} {resource}") ?? FindByKey($"{RouteTemplate.AnyMethod} {resource}");

    /// <summary>The rules that apply to one method. For each path, a rule for this method replaces the rule for all methods.</summary>
    public IReadOnlyList<RouteRule> FindByMethod(string method) =>
    [
        .. Rules.Where(rule => rule.Template.Method == method
            || (rule.Template.Method == RouteTemplate.AnyMethod && !_rules.ContainsKey((method, rule.Template.PathShape)))),
    ];
}
