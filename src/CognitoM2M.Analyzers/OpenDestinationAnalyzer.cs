using System.Collections.Concurrent;
using System.Collections.Immutable;
using CognitoM2M.Analyzers.Registration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers;

/// <summary>
/// CM2M0003: options that are set in code, and nowhere else, do not say where the token may be sent. What the whole project sets counts, so the
/// rule reports at the end of the compilation.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OpenDestinationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.OpenDestination);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectKind.IsTest(start.Compilation) || RegistrationTypes.Find(start.Compilation) is not { } types)
                return;

            var calls = new ConcurrentBag<ClientRegistration>();
            var isConfiguredElsewhere = false;
            start.RegisterOperationAction(
                operation =>
                {
                    var call = (IInvocationOperation)operation.Operation;
                    if (types.IsClientRegistration(call.TargetMethod))
                        calls.Add(ClientRegistration.Read(call));
                    else if (types.ConfiguresOptions(call.TargetMethod))
                        isConfiguredElsewhere = true;
                },
                OperationKind.Invocation);
            start.RegisterCompilationEndAction(end =>
            {
                if (!isConfiguredElsewhere)
                    Report(end, calls);
            });
        });
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<ClientRegistration> calls)
    {
        // A second registration of a name adds to its settings.
        var settled = calls.Where(call => !call.IsOpen).Select(call => call.Name).Where(name => name is not null).ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var call in calls.Where(call => call.IsOpen && !settled.Contains(call.Name)))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.OpenDestination, call.Location, call.Name is null ? "this client" : $"client '{call.Name}'"));
        }
    }
}
