using System.Text;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Docs;

/// <summary>The code and the configuration in docs/verification.md work.</summary>
public sealed class VerificationPageTests
{
    private static readonly string _page = Checkout.Read("docs/verification.md");

    public static TheoryData<string> CodeBlocks { get; } = [.. FindBlocks("csharp")];

    public static TheoryData<string> ConfigurationBlocks { get; } = [.. FindBlocks("json")];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Code_on_the_page_is_compiled(string block)
    {
        var compiled = RemoveIndentation(
            Checkout.Read("tests/CognitoM2M.AspNetCore.Tests/Docs/VerificationPage.cs") + Checkout.Read("tests/CognitoM2M.AspNetCore.Tests/Docs/JwtBearerPage.cs"));

        // The lines of one block may stand in several places of the file.
        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ConfigurationBlocks), DisableDiscoveryEnumeration = true)]
    public async Task Configuration_on_the_page_is_accepted(string block)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(block));
        var configuration = new ConfigurationBuilder().AddJsonStream(json).Build();
        var isOfJwtBearer = configuration.GetSection("Authentication:Schemes:Bearer").Exists();

        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddSingleton<IConfiguration>(configuration);
                _ = isOfJwtBearer ? services.AddAuthentication().AddJwtBearer().UseCognitoM2M() : services.AddAuthentication().AddCognitoM2M();
                services.PostConfigureAll<CognitoM2MAuthenticationOptions>(options => options.LoadKeysAtStart = false);
            },
            app => app.MapGet("/", () => "in").RequireAuthorization());

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await api.GetAsync("/")).StatusCode);
    }

    private static IEnumerable<string> FindBlocks(string language) =>
        RemoveIndentation(_page).Split($"```{language}\n").Skip(1).Select(block => block[..block.IndexOf("\n```", StringComparison.Ordinal)]);

    private static string RemoveIndentation(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
