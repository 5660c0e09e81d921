using System.Collections.Immutable;
using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers;

/// <summary>CM2M0001: a client secret or a password stands in the code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SecretInCodeAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] _optionTypes = ["CognitoM2M.CognitoM2MClientOptions", "CognitoM2M.UserSessions.CognitoUserSessionsOptions"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.SecretInCode);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectKind.IsTest(start.Compilation) || ProjectKind.UsesEmulator(start.Compilation))
                return;

            var options = _optionTypes.Select(start.Compilation.GetTypeByMetadataName).OfType<INamedTypeSymbol>().ToImmutableArray();
            start.RegisterOperationAction(
                assignment => CheckAssignment(assignment, options), OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
            start.RegisterOperationAction(
                call => CheckArguments(call, ((IInvocationOperation)call.Operation).TargetMethod, ((IInvocationOperation)call.Operation).Arguments),
                OperationKind.Invocation);
            start.RegisterOperationAction(
                call => CheckArguments(call, ((IObjectCreationOperation)call.Operation).Constructor, ((IObjectCreationOperation)call.Operation).Arguments),
                OperationKind.ObjectCreation);
        });
    }

    private static void CheckAssignment(OperationAnalysisContext context, ImmutableArray<INamedTypeSymbol> options)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property } target)
            return;

        if (SecretName.IsProperty(property.Name) && options.Contains(property.ContainingType, SymbolEqualityComparer.Default))
            ReportIfInCode(context, property.Name, assignment.Value);
        else if (property.IsIndexer && target.Arguments.Length == 1 && SecretName.FindInKey(Operations.FindText(target.Arguments[0].Value)) is { } name)
            ReportIfInCode(context, name, assignment.Value);
    }

    private static void CheckArguments(OperationAnalysisContext context, IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments)
    {
        if (method is null || arguments.IsEmpty)
            return;

        // A key and a value side by side: a dictionary, a KeyValuePair, UseSetting, Environment.SetEnvironmentVariable.
        for (var i = 0; i + 1 < arguments.Length && MayTakeSettings(method); i++)
        {
            if (SecretName.FindInKey(Operations.FindText(arguments[i].Value)) is { } name)
                ReportIfInCode(context, name, arguments[i + 1].Value);
        }

        if (!method.ContainingAssembly.Name.StartsWith("CognitoM2M", StringComparison.Ordinal))
            return;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { Name: var parameter } && SecretName.IsParameter(parameter))
                ReportIfInCode(context, parameter, argument.Value);
            else if (method is { Name: "From", ContainingType.Name: "CognitoSecretSource" } && Operations.FindLambda(argument.Value) is { } source)
                CheckSource(context, source);
        }
    }

    /// <summary>Whether arguments may be a key and its value. Methods that compare texts, messages and exceptions take texts side by side, too.</summary>
    private static bool MayTakeSettings(IMethodSymbol method)
    {
        if (method.ContainingType.SpecialType == SpecialType.System_String || method.Parameters.Any(parameter => parameter.Name is "message" or "format" or "comparisonType"))
            return false;

        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type is { Name: "Exception", ContainingNamespace.Name: "System" })
                return false;
        }

        return true;
    }

    /// <summary>Checks the lambda of <c>CognitoSecretSource.From</c>.</summary>
    private static void CheckSource(OperationAnalysisContext context, IAnonymousFunctionOperation source)
    {
        foreach (var returned in Operations.FindReturnedValues(source))
        {
            ReportIfInCode(context, "The secret", Operations.Unwrap(returned) switch
            {
                IInvocationOperation { TargetMethod.Name: "FromResult" } call => call.Arguments[0].Value,
                IObjectCreationOperation { Type.Name: "ValueTask", Arguments.Length: 1 } task => task.Arguments[0].Value,
                var value => value,
            });
        }
    }

    private static void ReportIfInCode(OperationAnalysisContext context, string name, IOperation? value)
    {
        if (value is not null && TextInCode.IsValue(value, context.CancellationToken))
            context.ReportDiagnostic(Diagnostic.Create(Rules.SecretInCode, value.Syntax.GetLocation(), name));
    }
}
