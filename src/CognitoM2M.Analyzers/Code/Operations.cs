using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Questions about expressions that several rules ask.</summary>
internal static class Operations
{
    /// <summary>The expression inside of conversions.</summary>
    public static IOperation? Unwrap(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }

    /// <summary>The text of a constant expression; null if it is not constant or no text.</summary>
    public static string? FindText(IOperation? operation) => operation?.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>The argument of a parameter; null if there is none.</summary>
    public static IOperation? FindArgument(IInvocationOperation call, string parameter) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    /// <summary>The object that a method was called on, also if the method is an extension.</summary>
    public static IOperation? FindReceiver(IInvocationOperation call) => Unwrap(
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null));

    /// <summary>The lambda behind an argument; null if it is something else.</summary>
    public static IAnonymousFunctionOperation? FindLambda(IOperation? argument) =>
        Unwrap(argument) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda : null;

    /// <summary>The value that a local variable has from its declaration; null if it has none.</summary>
    public static IOperation? FindInitialValue(ILocalReferenceOperation reference, CancellationToken cancellationToken) =>
        FindDeclarator(reference.Local, cancellationToken) is { Initializer.Value: { } value } ? reference.SemanticModel?.GetOperation(value, cancellationToken) : null;

    /// <summary>The declaration of a variable or field; null if it is declared in another way.</summary>
    public static VariableDeclaratorSyntax? FindDeclarator(ISymbol variable, CancellationToken cancellationToken) =>
        variable.DeclaringSyntaxReferences.Length == 1 ? variable.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) as VariableDeclaratorSyntax : null;

    /// <summary>The values that a lambda returns.</summary>
    public static IEnumerable<IOperation> FindReturnedValues(IAnonymousFunctionOperation lambda) =>
        lambda.Body.Descendants().OfType<IReturnOperation>().Select(statement => statement.ReturnedValue).OfType<IOperation>();
}
