using System.Collections.Concurrent;
using System.Collections.Immutable;
using CognitoM2M.Analyzers.Registration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers;

/// <summary>CM2M0004: two calls put a token on the same HttpClient. Only calls that certainly run one after the other are compared.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SecondTokenAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.SecondToken);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectKind.IsTest(start.Compilation) || RegistrationTypes.Find(start.Compilation) is not { } types)
                return;

            start.RegisterOperationBlockStartAction(block =>
            {
                var calls = new ConcurrentBag<TokenCall>();
                block.RegisterOperationAction(
                    operation =>
                    {
                        if (TokenCall.Read((IInvocationOperation)operation.Operation, types, operation.CancellationToken) is { } call)
                            calls.Add(call);
                    },
                    OperationKind.Invocation);
                block.RegisterOperationBlockEndAction(end => Report(end, calls));
            });
        });
    }

    private static void Report(OperationBlockAnalysisContext context, ConcurrentBag<TokenCall> calls)
    {
        var earlier = new Dictionary<(string HttpClient, SyntaxNode Sequence), TokenCall>();
        foreach (var call in calls.OrderBy(call => call.Position))
        {
            var key = (call.HttpClient, call.Sequence);
            if (call.Removes)
            {
                earlier.Remove(key);
                continue;
            }

            if ((earlier.TryGetValue(key, out var first) && call.Replaces(first)) || call.IsSecondInItself)
                context.ReportDiagnostic(Diagnostic.Create(Rules.SecondToken, call.Location, call.FindRemovable(first), call.Description));
            earlier[key] = call;
        }
    }
}
