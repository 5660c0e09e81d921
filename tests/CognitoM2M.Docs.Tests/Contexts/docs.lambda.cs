global using static Lambda.Names;
using System.Text.Json;
using CognitoM2M;
using CognitoM2M.Lambda;
using Microsoft.Extensions.Caching.Distributed;

namespace Lambda;

internal static class Names
{
    public static readonly ApiGatewayUserReader _users = null!;

    public static CognitoM2MClientOptions options => throw null!;

    public static IDistributedCache cache => throw null!;

    public static RouteScopes CreateRoutes() => throw null!;

    public static CognitoM2MClientOptions CreateOptions() => throw null!;

    public static IEnumerable<KeyValuePair<string, string>>? FindVerifiedClaims(HttpContext context) => throw null!;
}
