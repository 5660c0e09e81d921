using System.Collections.Immutable;
using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers;

/// <summary>CM2M0002: a token is kept, so that it is used after it has expired.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class KeptTokenAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.KeptToken);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectKind.IsTest(start.Compilation) || TokenFlow.Create(start.Compilation) is not { } flow)
                return;

            start.RegisterOperationAction(operation => CheckAssignment(operation, flow), OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
            start.RegisterOperationAction(
                operation => CheckInitializer(operation, flow), OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
            start.RegisterOperationAction(operation => CheckCall(operation, flow), OperationKind.Invocation);
        });
    }

    private static void CheckAssignment(OperationAnalysisContext context, TokenFlow flow)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (TokenPlace.Describe(assignment.Target, context.CancellationToken) is { } place
            && flow.IsToken(assignment.Value, context.CancellationToken)
            && !(assignment.Target is IMemberReferenceOperation { Member: var member } && RejectedToken.IsReported(member, context.CancellationToken)))
        {
            Report(context, assignment.Syntax, place);
        }
    }

    private static void CheckInitializer(OperationAnalysisContext context, TokenFlow flow)
    {
        var initializer = (ISymbolInitializerOperation)context.Operation;
        if (!flow.IsToken(initializer.Value, context.CancellationToken))
            return;

        if (initializer is IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields })
            Report(context, initializer.Value.Syntax, TokenPlace.Describe(fields[0]));
        else if (initializer is IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties })
            Report(context, initializer.Value.Syntax, TokenPlace.Describe(properties[0]));
    }

    private static void CheckCall(OperationAnalysisContext context, TokenFlow flow)
    {
        var call = (IInvocationOperation)context.Operation;
        if (IsSingleton(call.TargetMethod, flow.Token))
            Report(context, call.Syntax, "a singleton of the container");
        else if (TokenPlace.DescribeHeaders(call, context.CancellationToken) is { } headers && flow.IsToken(call.Arguments[1].Value, context.CancellationToken))
            Report(context, call.Syntax, headers);
    }

    /// <summary>Whether the call registers a token, or the task that gets one, as a singleton.</summary>
    private static bool IsSingleton(IMethodSymbol method, INamedTypeSymbol token) =>
        method.Name is "AddSingleton" or "TryAddSingleton" or "AddKeyedSingleton" or "TryAddKeyedSingleton"
        && method.TypeArguments.Any(type =>
            SymbolEqualityComparer.Default.Equals(type, token)
            || type is INamedTypeSymbol { Name: "Task" or "ValueTask" or "Lazy", TypeArguments.Length: 1 } wrapper
                && SymbolEqualityComparer.Default.Equals(wrapper.TypeArguments[0], token));

    private static void Report(OperationAnalysisContext context, SyntaxNode syntax, string place) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.KeptToken, syntax.GetLocation(), place));
}
