using CognitoM2M.Testing;

namespace CognitoM2M.Tests;

/// <summary>The code in the documentation is the code of samples that the build compiles.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("samples/Quickstart/Program.cs")]
    [InlineData("samples/QuickstartApi/Program.cs")]
    public void Readme_shows_the_code_of_a_compiled_sample(string sample) =>
        Assert.Contains($"```csharp\n{Checkout.Read(sample)}```", Checkout.Read("README.md"), StringComparison.Ordinal);

    [Fact]
    public void Observability_page_shows_the_code_of_the_compiled_telemetry_sample() =>
        Assert.Contains($"```csharp\n{Checkout.Read("samples/Telemetry/Program.cs")}```", Checkout.Read("docs/observability.md"), StringComparison.Ordinal);
}
