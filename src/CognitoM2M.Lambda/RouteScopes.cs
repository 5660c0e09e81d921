using CognitoM2M.Lambda.Policies;
using CognitoM2M.Lambda.Routes;
using CognitoM2M.Shared;

namespace CognitoM2M.Lambda;

/// <summary>
/// Which scopes a token needs for each route of an API. A route that is not named is closed. Name every route that has the authorizer: the
/// policies for REST APIs hold for the whole stage, so they must know about all routes.
/// </summary>
/// <remarks>
/// A route is written as API Gateway writes it: <c>GET /orders/{id}</c>, <c>ANY /files/{proxy+}</c>, or <c>$default</c> (HTTP APIs). The
/// names of path parameters do not matter. A rule for one method wins over a rule for <c>ANY</c> with the same path.
/// </remarks>
public sealed class RouteScopes
{
    private readonly Dictionary<(string Method, string PathShape), RouteRule> _rules = [];

    /// <summary>Opens a route to tokens that have all of these scopes.</summary>
    /// <param name="route">The route, such as <c>GET /orders/{id}</c>.</param>
    /// <param name="scopes">The scopes, each written <c>resource-server/scope</c>; at least one. Case-sensitive.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">The text is not a route, the route was named before, no scope is given, or a text is not a scope.</exception>
    public RouteScopes Require(string route, params string[] scopes) => Add(route, [Copy(scopes)]);

    /// <summary>Opens a route to tokens that have at least one of these scopes.</summary>
    /// <inheritdoc cref="Require"/>
    public RouteScopes RequireAny(string route, params string[] scopes) => Add(route, [.. Copy(scopes).Select(scope => (string[])[scope])]);

    /// <summary>Opens a route to every token that the verifier accepts, whatever its scopes are.</summary>
    /// <param name="route">The route, such as <c>GET /status</c>.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">The text is not a route, or the route was named before.</exception>
    public RouteScopes RequireToken(string route) => Add(route, [[]]);

    /// <summary>
    /// Closes a route to every token. A route that is not named is closed, too. But name it if it lies below a route with a path parameter: then
    /// policies for the whole stage deny it expressly.
    /// </summary>
    /// <inheritdoc cref="RequireToken"/>
    public RouteScopes Refuse(string route) => Add(route, []);

    /// <summary>
    /// Finds combinations of scopes for which no policy for the whole stage exists. The wildcard of IAM matches slashes, too, so not every choice of
    /// routes can be expressed. A token with such a combination gets an error from the authorizer. Call this method in a unit test of your own.
    /// </summary>
    /// <returns>One text for each conflict, which names the routes and says what to do; empty if there is none.</returns>
    public IReadOnlyList<string> FindConflicts() => PolicyConflicts.Find(CreateTable());

    internal RouteTable CreateTable() => new(_rules.Values);

    private RouteScopes Add(string route, IReadOnlyList<IReadOnlyList<string>> alternatives)
    {
        ArgumentNullException.ThrowIfNull(route);
        var rule = new RouteRule(RouteTemplate.Parse(route), alternatives);
        if (!_rules.TryAdd((rule.Template.Method, rule.Template.PathShape), rule))
            throw new ArgumentException($"The route '{route}' is named twice.", nameof(route));
        return this;
    }

    private static string[] Copy(string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("No scope is given. Name at least one, or call RequireToken.", nameof(scopes));
        foreach (var scope in scopes)
        {
            if (!CognitoNames.IsScope(scope))
                throw new ArgumentException($"'{scope}' is not a scope. A scope looks like orders/read; pass several scopes as several arguments.", nameof(scopes));
        }

        return [.. scopes];
    }
}
