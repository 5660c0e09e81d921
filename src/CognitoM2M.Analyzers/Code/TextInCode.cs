using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Finds values that stand in the code as text.</summary>
internal static class TextInCode
{
    /// <summary>Whether a value is, in one case at least, a text that stands in the code. Empty text does not count.</summary>
    public static bool IsValue(IOperation? value, CancellationToken cancellationToken) => value switch
    {
        null => false,
        { ConstantValue: { HasValue: true, Value: var constant } } => constant is string { Length: > 0 },
        IConversionOperation conversion => IsValue(conversion.Operand, cancellationToken),
        ICoalesceOperation either => IsValue(either.Value, cancellationToken) || IsValue(either.WhenNull, cancellationToken),
        IConditionalOperation either => IsValue(either.WhenTrue, cancellationToken) || IsValue(either.WhenFalse, cancellationToken),
        ILocalReferenceOperation { Local: var local } => IsDeclaredWithText(local, cancellationToken),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => IsDeclaredWithText(field, cancellationToken),
        _ => false,
    };

    private static bool IsDeclaredWithText(ISymbol variable, CancellationToken cancellationToken) =>
        Operations.FindDeclarator(variable, cancellationToken) is { Initializer.Value: LiteralExpressionSyntax { Token.Value: string { Length: > 0 } } };
}
