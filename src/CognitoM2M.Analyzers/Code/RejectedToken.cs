using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Finds tokens that are kept only to report them.</summary>
internal static class RejectedToken
{
    /// <summary>Whether the type of a field or property passes it to <c>ReplaceRejectedTokenAsync</c>. This needs the token that was used last.</summary>
    public static bool IsReported(ISymbol member, CancellationToken cancellationToken) =>
        member.ContainingType.DeclaringSyntaxReferences
            .SelectMany(part => part.GetSyntax(cancellationToken).DescendantNodes())
            .OfType<InvocationExpressionSyntax>()
            .Any(call => Syntax.FindName(call) is SimpleNameSyntax { Identifier.ValueText: "ReplaceRejectedTokenAsync" } && Mentions(call.ArgumentList, member.Name));

    private static bool Mentions(ArgumentListSyntax arguments, string name) =>
        arguments.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name);
}
