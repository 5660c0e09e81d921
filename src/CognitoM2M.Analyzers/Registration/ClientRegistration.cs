using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Registration;

/// <summary>One call of <c>AddCognitoM2MClient</c>.</summary>
internal sealed class ClientRegistration
{
    private ClientRegistration(IInvocationOperation call, bool isWhole, bool isOpen)
    {
        Name = Operations.FindText(Operations.FindArgument(call, "clientName"));
        Location = Syntax.FindName(call.Syntax).GetLocation();
        HasSection = Operations.FindArgument(call, "section") is not null;
        (IsWhole, IsOpen) = (isWhole, isOpen);
    }

    /// <summary>The name of the client; null if it is not constant.</summary>
    public string? Name { get; }

    public Location Location { get; }

    /// <summary>Whether the settings come from a section of the configuration.</summary>
    public bool HasSection { get; }

    /// <summary>Whether a lambda sets the options, the client id among them.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether a lambda sets the whole options, and nothing in it can say where the token may be sent.</summary>
    public bool IsOpen { get; }

    public static ClientRegistration Read(IInvocationOperation call)
    {
        var lambda = Operations.FindLambda(Operations.FindArgument(call, "configure"));
        var isWhole = lambda is not null && SetsClientId(lambda);
        return new ClientRegistration(call, isWhole, isWhole && !MayRestrict(lambda!));
    }

    private static bool SetsClientId(IAnonymousFunctionOperation lambda) => lambda.Body.Descendants().OfType<IAssignmentOperation>().Any(
        assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "ClientId", Instance: IParameterReferenceOperation });

    private static bool MayRestrict(IAnonymousFunctionOperation lambda) => lambda.Body.Descendants().OfType<IParameterReferenceOperation>().Any(
        reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, lambda.Symbol.Parameters[0]) && MayRestrict(reference));

    private static bool MayRestrict(IParameterReferenceOperation options) => options.Parent switch
    {
        IPropertyReferenceOperation { Property.Name: var name } => name is "BaseAddress" or "AllowedHosts" or "AllowAnyHost",
        // The methods of the project's own packages, such as UseParameterStore, set no address.
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingAssembly.Name: var assembly } } =>
            !assembly.StartsWith("CognitoM2M", StringComparison.Ordinal),
        _ => true,
    };
}
