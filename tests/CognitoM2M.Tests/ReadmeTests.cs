using CognitoM2M.Testing;

namespace CognitoM2M.Tests;

/// <summary>What the README shows is what the build compiles.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("samples/Quickstart/Program.cs")]
    [InlineData("samples/QuickstartApi/Program.cs")]
    public void Code_is_that_of_samples_that_the_build_compiles(string sample) =>
        Assert.Contains($"```csharp\n{Checkout.Read(sample)}```", Checkout.Read("README.md"), StringComparison.Ordinal);

    [Fact]
    public void Telemetry_in_the_docs_is_the_sample_that_the_build_compiles() =>
        Assert.Contains($"```csharp\n{Checkout.Read("samples/Telemetry/Program.cs")}```", Checkout.Read("docs/fleet.md"), StringComparison.Ordinal);
}
