using CognitoM2M.Verification;

namespace CognitoM2M.Lambda.Routes;

/// <summary>Which tokens open a route: those that have all scopes of at least one of the alternatives.</summary>
/// <param name="Template">The route.</param>
/// <param name="Alternatives">Sets of scopes. An empty set means that every verified token opens the route; without any set, no token does.</param>
internal sealed record RouteRule(RouteTemplate Template, IReadOnlyList<IReadOnlyList<string>> Alternatives)
{
    public bool IsOpenTo(CognitoAccessTokenClaims token) => IsOpenTo(token.HasScope);

    public bool IsOpenTo(Func<string, bool> hasScope) => Alternatives.Any(scopes => scopes.All(hasScope));
}
