using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Finds out whether a value is a token that the provider has returned, its text, or a header made of it.</summary>
internal sealed class TokenFlow
{
    // Local variables may refer to each other in a circle, in code that does not compile.
    private const int MostSteps = 30;

    private readonly INamedTypeSymbol?[] _givers;
    private readonly INamedTypeSymbol? _provider;

    private TokenFlow(INamedTypeSymbol? provider, INamedTypeSymbol? client, INamedTypeSymbol token)
    {
        _provider = provider;
        _givers = [provider, client];
        Token = token;
    }

    /// <summary>The type <c>CognitoAccessToken</c>.</summary>
    public INamedTypeSymbol Token { get; }

    /// <summary>Resolves the types; null if the project does not use the package.</summary>
    public static TokenFlow? Create(Compilation compilation) =>
        compilation.GetTypeByMetadataName("CognitoM2M.CognitoAccessToken") is { } token
            ? new TokenFlow(
                compilation.GetTypeByMetadataName("CognitoM2M.ICognitoTokenProvider"), compilation.GetTypeByMetadataName("CognitoM2M.CognitoM2MClient"), token)
            : null;

    /// <summary>Whether the value comes from <c>GetTokenAsync</c> or <c>ReplaceRejectedTokenAsync</c>.</summary>
    public bool IsToken(IOperation? value, CancellationToken cancellationToken) => IsToken(value, MostSteps, cancellationToken);

    private bool IsToken(IOperation? value, int steps, CancellationToken cancellationToken)
    {
        return steps > 0 && value switch
        {
            IConversionOperation conversion => Next(conversion.Operand),
            IAwaitOperation awaited => Next(awaited.Operation),
            IAssignmentOperation assignment => Next(assignment.Value),
            ICoalesceOperation either => Next(either.Value) || Next(either.WhenNull),
            IConditionalOperation either => Next(either.WhenTrue) || Next(either.WhenFalse),
            IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation property } access => IsPart(property) && Next(access.Operation),
            IPropertyReferenceOperation property => IsPart(property) && Next(property.Instance),
            IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().Any(part => Next(part.Expression)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Next(sum.LeftOperand) || Next(sum.RightOperand),
            ILocalReferenceOperation local => Next(Operations.FindInitialValue(local, cancellationToken)),
            IObjectCreationOperation { Type.Name: "AuthenticationHeaderValue" } header => header.Arguments.Any(argument => Next(argument.Value)),
            IObjectCreationOperation { Type.Name: "Lazy" } lazy => lazy.Arguments.Any(
                argument => Operations.FindLambda(argument.Value) is { } lambda && Operations.FindReturnedValues(lambda).Any(Next)),
            IInvocationOperation call => GivesToken(call.TargetMethod) || (PassesOn(call.TargetMethod.Name) && Next(Operations.FindReceiver(call))),
            _ => false,
        };

        bool Next(IOperation? next) => IsToken(next, steps - 1, cancellationToken);
    }

    private static bool IsPart(IPropertyReferenceOperation property) => property.Property.Name is "Value" or "Result";

    private static bool PassesOn(string method) => method is "AsTask" or "ConfigureAwait" or "GetAwaiter" or "GetResult" or "Preserve" or "WaitAsync";

    private bool GivesToken(IMethodSymbol method) =>
        method.Name is "GetTokenAsync" or "ReplaceRejectedTokenAsync"
        && (_givers.Contains(method.ContainingType, SymbolEqualityComparer.Default)
            || method.ContainingType.AllInterfaces.Contains(_provider!, SymbolEqualityComparer.Default));
}
