using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CognitoM2M.Analyzers.CodeFixes;

/// <summary>Fixes CM2M0004 in a chain of calls: removes the earlier call, which has no effect. The program then does the same as before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveEarlierTokenCodeFix))]
[Shared]
internal sealed class RemoveEarlierTokenCodeFix : CodeFixProvider
{
    private const string Title = "Remove the earlier call, which has no effect";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("CM2M0004");

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;

        foreach (var diagnostic in context.Diagnostics)
        {
            // The analyzer adds the place of the earlier call if it can be removed.
            if (diagnostic.AdditionalLocations.Count == 1
                && root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax call
                && call.Expression is MemberAccessExpressionSyntax { Expression: var builder })
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        Title,
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, builder.WithTriviaFrom(call)))),
                        equivalenceKey: nameof(RemoveEarlierTokenCodeFix)),
                    diagnostic);
            }
        }
    }
}
