namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>A fact that needs <c>redis-server</c> on the path; skipped, saying so, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "redis-server"))))
            Skip = "redis-server is not installed (Debian: apt-get install redis-server).";
    }
}
