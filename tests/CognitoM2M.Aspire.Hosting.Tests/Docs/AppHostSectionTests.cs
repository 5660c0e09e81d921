using CognitoM2M.Testing;

namespace CognitoM2M.Aspire.Hosting.Tests.Docs;

/// <summary>The section about app hosts in docs/emulator.md shows the sample that the tests start.</summary>
public sealed class AppHostSectionTests
{
    [Fact]
    public void Code_of_the_section_equals_the_sample()
    {
        var page = Checkout.Read("docs/emulator.md");
        var section = page[page.IndexOf("\n## In an Aspire app host\n", StringComparison.Ordinal)..];
        var code = section[(section.IndexOf("```csharp\n", StringComparison.Ordinal) + 10)..];

        Assert.EndsWith(code[..code.IndexOf("```", StringComparison.Ordinal)], Checkout.Read("samples/AspireAppHost/Program.cs"), StringComparison.Ordinal);
    }
}
