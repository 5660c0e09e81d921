using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Finds assignments that give a variable another value than its declaration does.</summary>
internal static class Assignments
{
    /// <summary>
    /// How many assignments to a variable stand before a reference to the variable. Two references with the same number see the same value.
    /// Null if a lambda or a local function assigns, and nobody can tell when it runs.
    /// </summary>
    public static int? CountBefore(IOperation reference)
    {
        var targets = FindTargets(reference);
        return targets.Exists(target => RunsAtUnknownTime(target, reference)) ? null : targets.Count(target => IsBefore(target, reference));
    }

    /// <summary>The assigned places of a variable, in the member that has the reference. An assignment such as <c>name = name.Trim()</c> does not count.</summary>
    public static List<IOperation> FindTargets(IOperation reference)
    {
        var variable = FindVariable(reference);
        var root = reference;
        while (root.Parent is { } parent)
            root = parent;
        return root.Descendants().Where(other => SymbolEqualityComparer.Default.Equals(FindVariable(other), variable) && IsAssigned(other, variable!)).ToList();
    }

    /// <summary>Whether it is unknown if an assignment comes before the use of a reference: one of them stands in a function that may run later.</summary>
    public static bool RunsAtUnknownTime(IOperation target, IOperation reference)
    {
        var function = FindFunction(target);
        return (function is not null && !function.Syntax.Span.Contains(reference.Syntax.Span))
            || (!IsBefore(target, reference) && FindFunction(reference) != function);
    }

    public static bool IsBefore(IOperation target, IOperation reference) => target.Syntax.SpanStart < reference.Syntax.SpanStart;

    /// <summary>Whether a variable certainly gets another value between a position and a reference.</summary>
    public static bool IsOverwritten(ILocalReferenceOperation reference, int from) =>
        reference.Syntax.Ancestors().OfType<StatementSyntax>().SelectMany(FindStatementsBefore).Any(
            statement => statement.SpanStart >= from && AlwaysAssigns(statement, reference));

    private static bool AlwaysAssigns(StatementSyntax statement, ILocalReferenceOperation reference) =>
        reference.SemanticModel?.AnalyzeDataFlow(statement) is { Succeeded: true, AlwaysAssigned: var assigned }
        && assigned.Contains(reference.Local, SymbolEqualityComparer.Default);

    private static IEnumerable<StatementSyntax> FindStatementsBefore(StatementSyntax statement)
    {
        IEnumerable<StatementSyntax> all = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
            _ => [],
        };
        return all.TakeWhile(other => other != statement).Where(other => other is not LocalFunctionStatementSyntax);
    }

    private static ISymbol? FindVariable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    private static bool IsAssigned(IOperation reference, ISymbol variable)
    {
        var node = reference;
        while (node.Parent is ITupleOperation or IConversionOperation)
            node = node.Parent;
        return node.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == node && !BeginsWith(assignment.Value, variable),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
            _ => false,
        };
    }

    /// <summary>Whether a value is a chain of calls that begins with a variable.</summary>
    private static bool BeginsWith(IOperation value, ISymbol variable)
    {
        var start = Operations.Unwrap(value);
        while (start is IInvocationOperation call)
            start = Operations.FindReceiver(call);
        return start is not null && SymbolEqualityComparer.Default.Equals(FindVariable(start), variable);
    }

    private static IOperation? FindFunction(IOperation operation)
    {
        var node = operation.Parent;
        while (node is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            node = node.Parent;
        return node;
    }
}
