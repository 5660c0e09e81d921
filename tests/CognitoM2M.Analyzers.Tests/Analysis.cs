using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace CognitoM2M.Analyzers.Tests;

/// <summary>Compiles a program and runs one analyzer on it.</summary>
internal static class Analysis<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>What the statements of the tests use without declaring it.</summary>
    private const string Beginning = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Threading;
        using System.Threading.Tasks;
        using CognitoM2M;
        using CognitoM2M.Aws;
        using CognitoM2M.UserSessions;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Options;

        IServiceCollection services = new ServiceCollection();
        IConfiguration configuration = new ConfigurationManager();
        ICognitoTokenProvider tokens = null!;
        IHttpClientFactory httpClients = null!;

        """;

    /// <summary>Checks that the analyzer reports the marked place, <c>{|#0:...|}</c>, and nothing else.</summary>
    /// <param name="argument">The part of the message that depends on the code.</param>
    /// <param name="statements">The statements of the program.</param>
    /// <param name="types">The types that the program declares.</param>
    public static Task ReportsAsync(string argument, string statements, string types = "")
    {
        var test = Create(statements, types, withReferences: []);
        test.ExpectedDiagnostics.Add(new DiagnosticResult(new TAnalyzer().SupportedDiagnostics[0])
            .WithLocation(0)
            .WithArguments(argument)
            // The code fix reads them.
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        return test.RunAsync();
    }

    /// <summary>Checks that the analyzer reports nothing.</summary>
    /// <param name="statements">The statements of the program.</param>
    /// <param name="types">The types that the program declares.</param>
    /// <param name="withReferences">Assemblies that a service does not refer to, such as a test framework.</param>
    public static Task ReportsNothingAsync(string statements, string types = "", params string[] withReferences) =>
        Create(statements, types, withReferences).RunAsync();

    private static CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> Create(string statements, string types, string[] withReferences)
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
        {
            ReferenceAssemblies = References.NoPackages,
            TestState = { OutputKind = OutputKind.ConsoleApplication, Sources = { $"{Beginning}{statements}\n{types}\n" } },
        };
        test.TestState.AdditionalReferences.AddRange(References.Find(withReferences));
        return test;
    }
}
