global using static TestingPage.Names;
global using Microsoft.AspNetCore.Mvc.Testing;
global using Microsoft.Extensions.Time.Testing;
using CognitoM2M.Testing;

namespace TestingPage;

internal static class Names
{
    public static CognitoFixture cognito => throw null!;
}
