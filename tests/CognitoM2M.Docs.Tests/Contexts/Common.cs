// Names that every page may use.
global using static Common.Names;
using CognitoM2M;

namespace Common
{
    internal static class Names
    {
        public static WebApplicationBuilder builder => throw null!;

        public static WebApplication app => throw null!;

        public static IServiceCollection services => throw null!;

        public static IConfiguration configuration => throw null!;

        public static IHttpClientFactory httpClients => throw null!;

        public static ICognitoTokenProvider tokens => throw null!;

        public static CancellationToken cancellationToken => throw null!;
    }
}

/// <summary>The program of an API that tests start.</summary>
public sealed class Program;
