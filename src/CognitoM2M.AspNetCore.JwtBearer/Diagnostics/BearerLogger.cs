using CognitoM2M.Shared;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.JwtBearer.Diagnostics;

/// <summary>Creates the logger of this package. Its category is the name of the package.</summary>
internal static class BearerLogger
{
    private static readonly string _category = typeof(CognitoM2MJwtBearerOptions).Namespace!;

    public static QuietLogger Create(ILoggerFactory factory) => QuietLogger.Create(factory, _category);
}
