namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>
/// A fact that needs <c>redis-server</c> on the path. Where there is none, the test is skipped and says so. The variable
/// COGNITO_M2M_NO_FLEETS skips the test too.
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
            Skip = "redis-server is not installed. Install it (Debian: apt-get install redis-server) to run this test.";
    }
}
