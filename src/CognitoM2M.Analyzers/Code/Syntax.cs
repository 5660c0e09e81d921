using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Finds syntax nodes: the name in a call, and the statements or the branch that contain the call.</summary>
internal static class Syntax
{
    /// <summary>The name of the method in a call, so that a diagnostic does not underline a whole chain of calls.</summary>
    public static SyntaxNode FindName(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } ? name : call;

    /// <summary>The list of statements, or the branch of an expression, that a call stands in. Calls in one of these run one after the other.</summary>
    public static SyntaxNode FindSequence(SyntaxNode call)
    {
        var node = call;
        for (; node.Parent is { } parent; node = parent)
        {
            if (IsBranch(node, parent))
                return node;

            if (node is StatementSyntax)
                return parent is GlobalStatementSyntax { Parent: { } unit } ? unit : parent;
        }

        return node;
    }

    /// <summary>Whether an expression is the body of a function, or is evaluated in some cases only.</summary>
    private static bool IsBranch(SyntaxNode node, SyntaxNode parent) => node is ArrowExpressionClauseSyntax || parent switch
    {
        LambdaExpressionSyntax or SwitchExpressionArmSyntax or QueryClauseSyntax or SelectOrGroupClauseSyntax => true,
        ConditionalExpressionSyntax conditional => conditional.Condition != node,
        ConditionalAccessExpressionSyntax access => access.WhenNotNull == node,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } either =>
            either.Right == node,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment => assignment.Right == node,
        _ => false,
    };
}
