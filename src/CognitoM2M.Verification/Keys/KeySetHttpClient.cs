using CognitoM2M.Shared;

namespace CognitoM2M.Verification.Keys;

/// <summary>Creates the HttpClient that downloads key sets if the application gives none.</summary>
internal static class KeySetHttpClient
{
    private static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(2);

    public static HttpClient Create() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = _connectionLifetime,
            Proxy = new EnvironmentProxy(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
