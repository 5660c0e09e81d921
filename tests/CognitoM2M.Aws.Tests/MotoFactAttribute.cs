namespace CognitoM2M.Aws.Tests;

/// <summary>A fact that needs <c>moto_server</c> on the path. Where there is none, the test is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MotoFactAttribute : FactAttribute
{
    public MotoFactAttribute()
    {
        if (!MotoServer.IsInstalled)
            Skip = "moto_server is not installed. Install it (pip install 'moto[server,ssm]') to run this test.";
    }
}
