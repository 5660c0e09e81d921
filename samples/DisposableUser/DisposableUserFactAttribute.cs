namespace DisposableUser;

/// <summary>A test that needs a user of a real user pool. Skipped unless <c>cognito-m2m with-user</c> has started the tests.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DisposableUserFactAttribute : FactAttribute
{
    public DisposableUserFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("COGNITO_M2M_USERNAME") is null)
            Skip = "Start the tests with: cognito-m2m with-user --client robots -- dotnet test";
    }
}
