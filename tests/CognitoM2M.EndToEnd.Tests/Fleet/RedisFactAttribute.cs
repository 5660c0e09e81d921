namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>
/// A fact that needs <c>redis-server</c> on the path, and the machine to itself; skipped, saying so, where it has not. With the variable
/// COGNITO_M2M_NO_FLEETS it is left for later.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("COGNITO_M2M_NO_FLEETS") is { Length: > 0 })
            Skip = "COGNITO_M2M_NO_FLEETS is set.";

        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "redis-server"))))
            Skip = "redis-server is not installed (Debian: apt-get install redis-server).";
    }
}
