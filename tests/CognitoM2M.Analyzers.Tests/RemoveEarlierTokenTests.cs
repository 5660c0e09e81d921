using CognitoM2M.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace CognitoM2M.Analyzers.Tests;

public sealed class RemoveEarlierTokenTests
{
    [Fact]
    public async Task Earlier_call_of_a_chain_is_removed()
    {
        await CheckAsync(
            """services.AddHttpClient("reports").AddCognitoM2MToken("orders").[|AddCognitoM2MToken|]("billing");""",
            """services.AddHttpClient("reports").AddCognitoM2MToken("billing");""");
    }

    [Fact]
    public async Task Fix_keeps_the_line_breaks_and_the_other_calls_of_the_chain()
    {
        await CheckAsync(
            """
            services.AddHttpClient("reports")
                .AddCognitoM2MToken("orders")
                .SetHandlerLifetime(TimeSpan.FromMinutes(5))
                .[|AddCognitoM2MToken|]("billing");
            """,
            """
            services.AddHttpClient("reports")
                .SetHandlerLifetime(TimeSpan.FromMinutes(5))
                .AddCognitoM2MToken("billing");
            """);
    }

    [Theory]
    [InlineData("""services.AddCognitoM2MClient("orders", options => { }).[|AddCognitoM2MToken|]("billing");""")]
    [InlineData("""services.AddHttpClient("reports").AddCognitoM2MToken("orders"); services.AddHttpClient("reports").[|AddCognitoM2MToken|]("billing");""")]
    public async Task Call_with_other_effects_or_outside_of_the_chain_gets_no_fix(string statements)
    {
        await CheckAsync(statements, statements);
    }

    private static Task CheckAsync(string before, string after)
    {
        const string Beginning = """
            using System;
            using CognitoM2M;
            using Microsoft.Extensions.DependencyInjection;

            IServiceCollection services = new ServiceCollection();

            """;
        var test = new CSharpCodeFixTest<SecondTokenAnalyzer, RemoveEarlierTokenCodeFix, DefaultVerifier>
        {
            ReferenceAssemblies = References.NoPackages,
            TestState = { OutputKind = OutputKind.ConsoleApplication, Sources = { Beginning + before } },
        };
        if (before != after)
            test.FixedState.Sources.Add(Beginning + after);
        test.TestState.AdditionalReferences.AddRange(References.Find());
        return test.RunAsync();
    }
}
