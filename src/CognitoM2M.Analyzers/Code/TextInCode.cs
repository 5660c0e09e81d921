using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Finds values that stand in the code as text.</summary>
internal static class TextInCode
{
    /// <summary>Whether a value is, in one case at least, a text that stands in the code. Empty text and placeholders do not count.</summary>
    public static bool IsValue(IOperation? value, CancellationToken cancellationToken) => value switch
    {
        null => false,
        { ConstantValue.HasValue: true } => IsText(value),
        IConversionOperation conversion => IsValue(conversion.Operand, cancellationToken),
        ICoalesceOperation either => IsValue(either.Value, cancellationToken) || IsValue(either.WhenNull, cancellationToken),
        IConditionalOperation either => IsValue(either.WhenTrue, cancellationToken) || IsValue(either.WhenFalse, cancellationToken),
        ILocalReferenceOperation local => HoldsText(local, cancellationToken),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => FindText(field, cancellationToken) is not null && !IsAssigned(field, cancellationToken),
        _ => false,
    };

    private static bool IsText(IOperation? value) => Operations.FindText(value) is { } text && !Placeholder.Is(text);

    /// <summary>Whether a text of the declaration, or of an assignment before the reference, may still be the value.</summary>
    private static bool HoldsText(ILocalReferenceOperation local, CancellationToken cancellationToken)
    {
        if (Operations.FindDeclarator(local.Local, cancellationToken) is not { } declarator)
            return false;

        var targets = Assignments.FindTargets(local);
        if (targets.Count == 0)
            return FindText(local.Local, cancellationToken) is not null;
        // A method that takes the variable by reference may have replaced the text.
        if (targets.Exists(target => Assignments.RunsAtUnknownTime(target, local) || target.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref } or IVariableInitializerOperation))
            return false;

        return (FindText(local.Local, cancellationToken) is not null && !Assignments.IsOverwritten(local, declarator.Span.End))
            || targets.Exists(target =>
                Assignments.IsBefore(target, local)
                && target.Parent is ISimpleAssignmentOperation assignment
                && IsText(Operations.Unwrap(assignment.Value))
                && !Assignments.IsOverwritten(local, assignment.Syntax.Span.End));
    }

    private static string? FindText(ISymbol variable, CancellationToken cancellationToken) =>
        Operations.FindDeclarator(variable, cancellationToken) is { Initializer.Value: LiteralExpressionSyntax { Token.Value: string text } } && !Placeholder.Is(text)
            ? text
            : null;

    /// <summary>Whether a constructor, or another part of the type, gives a field another value than its declaration does.</summary>
    private static bool IsAssigned(IFieldSymbol field, CancellationToken cancellationToken) =>
        field.ContainingType.DeclaringSyntaxReferences
            .SelectMany(part => part.GetSyntax(cancellationToken).DescendantNodes())
            .Any(node => node switch
            {
                // In an initializer, the name is that of a member of the new object.
                AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax, Left: var target } => IsField(target, field),
                ArgumentSyntax { RefKindKeyword.RawKind: not 0, Expression: var target } => IsField(target, field),
                _ => false,
            });

    private static bool IsField(ExpressionSyntax target, IFieldSymbol field) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == field.Name,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var owner } =>
            name == field.Name && (owner is ThisExpressionSyntax || owner is IdentifierNameSyntax type && type.Identifier.ValueText == field.ContainingType.Name),
        TupleExpressionSyntax tuple => tuple.Arguments.Any(argument => IsField(argument.Expression, field)),
        _ => false,
    };
}
