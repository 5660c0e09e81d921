using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.JwtBearer.Challenges;

/// <summary>
/// Keeps the category of JwtBearer's own log lines. The base class names the category after the type of the handler, and log filters of applications
/// know the type of JwtBearer.
/// </summary>
internal sealed class JwtBearerLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private static readonly string _category = typeof(JwtBearerHandler).FullName!;

    public ILogger CreateLogger(string categoryName) => inner.CreateLogger(_category);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The container owns the factory.
    public void Dispose()
    {
    }
}
