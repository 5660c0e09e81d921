using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Registration;

/// <summary>Which service collection a call is about, as far as the code shows it. Each container has its own HttpClients.</summary>
internal static class ServiceCollectionIdentity
{
    // Local variables may refer to each other in a circle, in code that does not compile.
    private const int MostSteps = 100;

    /// <summary>Describes a service collection. Equal texts mean one service collection; null means that it is not known.</summary>
    public static string? Find(IOperation? collection, CancellationToken cancellationToken)
    {
        var path = "";
        for (var step = 0; step < MostSteps; step++)
        {
            collection = Operations.Unwrap(collection);
            switch (collection)
            {
                case IInvocationOperation call when Operations.FindReceiver(call) is { } receiver && IsChained(receiver.Type):
                    collection = receiver;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Services", Instance: { } builder } when IsBuilder(builder.Type):
                    collection = builder;
                    break;
                case ILocalReferenceOperation local when Assignments.CountBefore(local) == 0 && FindAlias(local, cancellationToken) is { } same:
                    collection = same;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    return Describe(local, collection, path);
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return Describe(parameter, collection, path);
                case IPropertyReferenceOperation { Property: { IsIndexer: false } property, Instance: var owner }:
                    if (Describe(property, collection, path) is not { } throughProperty)
                        return null;
                    (path, collection) = (throughProperty, owner);
                    break;
                case IFieldReferenceOperation { Field: var field, Instance: var owner }:
                    if (Describe(field, collection, path) is not { } throughField)
                        return null;
                    (path, collection) = (throughField, owner);
                    break;
                // A static member has no owner.
                case null or IInstanceReferenceOperation:
                    return path;
                case IInvocationOperation or IObjectCreationOperation:
                    return $"made at {collection.Syntax.Span} {path}";
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a type is <c>IHttpClientBuilder</c>, the builder of one HttpClient.</summary>
    public static bool IsBuilder(ITypeSymbol? type) => Is(type, "IHttpClientBuilder");

    /// <summary>What a local variable is another name for: the value of its declaration, unless that makes a new object.</summary>
    private static IOperation? FindAlias(ILocalReferenceOperation local, CancellationToken cancellationToken) =>
        Operations.Unwrap(Operations.FindInitialValue(local, cancellationToken)) switch
        {
            IInvocationOperation call => IsChained(Operations.FindReceiver(call)?.Type) ? call : null,
            IPropertyReferenceOperation or IFieldReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation => Operations.FindInitialValue(local, cancellationToken),
            _ => null,
        };

    // By convention, a method that extends one of these types returns what it was called on.
    private static bool IsChained(ITypeSymbol? type) => IsBuilder(type) || Is(type, "IServiceCollection");

    private static bool Is(ITypeSymbol? type, string name) => type is not null && (type.Name == name || type.AllInterfaces.Any(implemented => implemented.Name == name));

    // Before and after an assignment, one name means two objects.
    private static string? Describe(ISymbol variable, IOperation reference, string path) => Assignments.CountBefore(reference) is { } assignments
        ? $"{variable.ToDisplayString()} {variable.Locations.FirstOrDefault()?.SourceSpan.Start} {assignments}; {path}"
        : null;
}
