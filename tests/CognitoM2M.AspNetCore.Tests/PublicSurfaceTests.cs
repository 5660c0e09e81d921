using CognitoM2M.AspNetCore.OpenApi;
using CognitoM2M.Testing;

namespace CognitoM2M.AspNetCore.Tests;

public sealed class PublicSurfaceTests
{
    private const string Recorded = "tests/CognitoM2M.AspNetCore.Tests/PublicSurface.txt";

    /// <summary>A change that is meant is recorded by running this test with RECORD_PUBLIC_SURFACE=1.</summary>
    [Fact]
    public void Public_surface_is_as_recorded()
    {
        var surface = PublicSurface.Of(typeof(CognitoM2MAuthenticationOptions).Assembly) + PublicSurface.Of(typeof(CognitoM2MOpenApiSettings).Assembly);
        if (Environment.GetEnvironmentVariable("RECORD_PUBLIC_SURFACE") == "1")
            Checkout.Write(Recorded, surface);

        Assert.Equal(Checkout.Read(Recorded), surface);
    }
}
