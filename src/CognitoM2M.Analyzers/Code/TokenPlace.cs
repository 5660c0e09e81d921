using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Describes places that keep a value longer than one use of a token takes.</summary>
internal static class TokenPlace
{
    private const string Headers = "the default headers of an HttpClient";

    /// <summary>Describes the target of an assignment; null if the target does not keep the value.</summary>
    public static string? Describe(IOperation target, CancellationToken cancellationToken) => target switch
    {
        IFieldReferenceOperation { Field: var field, Instance: var owner } when IsKept(owner) => Describe(field),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IFieldReferenceOperation collection } => Describe(collection, cancellationToken),
        IPropertyReferenceOperation { Property.Name: "Authorization" } header when IsDefaultHeader(header, cancellationToken) => Headers,
        IPropertyReferenceOperation { Property: { IsIndexer: false } property, Instance: var owner } when IsKept(owner) => Describe(property),
        _ => null,
    };

    public static string Describe(IFieldSymbol field) => $"the field '{field.Name}'";

    public static string Describe(IPropertySymbol property) => $"the property '{property.Name}'";

    /// <summary>Describes the default headers, if the header <c>Authorization</c> is added to them by a call.</summary>
    public static string? DescribeHeaders(IInvocationOperation call, CancellationToken cancellationToken) =>
        call.TargetMethod.Name is "Add" or "TryAddWithoutValidation"
        && call.Arguments.Length == 2
        && string.Equals(Operations.FindText(call.Arguments[0].Value), "Authorization", StringComparison.OrdinalIgnoreCase)
        && IsDefaultHeaders(call.Instance, cancellationToken)
            ? Headers
            : null;

    /// <summary>Whether the owner of a field lives on: a static field has none, and other objects are not known.</summary>
    private static bool IsKept(IOperation? owner) => owner is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    private static bool IsDefaultHeader(IPropertyReferenceOperation header, CancellationToken cancellationToken) =>
        IsDefaultHeaders(header.Instance, cancellationToken)
        // new HttpClient { DefaultRequestHeaders = { Authorization = ... } }
        || header is { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }, Parent.Parent.Parent: IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation member } }
            && IsDefaultHeaders(member.Property);

    private static bool IsDefaultHeaders(IOperation? headers, CancellationToken cancellationToken) =>
        headers is IPropertyReferenceOperation property && IsDefaultHeaders(property.Property) && !IsShortLived(property.Instance, cancellationToken);

    private static bool IsDefaultHeaders(IPropertySymbol property) => property is { Name: "DefaultRequestHeaders", ContainingType.Name: "HttpClient" };

    /// <summary>Whether an HttpClient lives no longer than the method that made it.</summary>
    private static bool IsShortLived(IOperation? client, CancellationToken cancellationToken) =>
        client is ILocalReferenceOperation local
        && (IsUsing(local.Local, cancellationToken)
            || Operations.Unwrap(Operations.FindInitialValue(local, cancellationToken)) is IInvocationOperation { TargetMethod.Name: "CreateClient" });

    private static bool IsUsing(ILocalSymbol local, CancellationToken cancellationToken) =>
        Operations.FindDeclarator(local, cancellationToken)?.Parent?.Parent
            is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };
}
