using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Registration;

/// <summary>Which HttpClient a builder is for, as far as the code shows it.</summary>
internal sealed class HttpClientIdentity
{
    // Local variables may refer to each other in a circle, in code that does not compile.
    private const int MostSteps = 100;

    private HttpClientIdentity(string key, string description) => (Key, Description) = (key, description);

    /// <summary>Equal texts mean one HttpClient.</summary>
    public string Key { get; }

    public string Description { get; }

    /// <summary>The HttpClient of an app client; null if its name is not constant.</summary>
    public static HttpClientIdentity? Create(IInvocationOperation registration, CancellationToken cancellationToken) =>
        Operations.FindText(Operations.FindArgument(registration, "clientName")) is { } name ? Create(registration, name, cancellationToken) : null;

    public static HttpClientIdentity CreateForHandler(IInvocationOperation call) => new($"handler {call.Syntax.SpanStart}", "this HttpClient");

    /// <summary>Follows a chain of calls back to the call that names the HttpClient; null if the start of the chain is not known.</summary>
    public static HttpClientIdentity? Find(IInvocationOperation call, RegistrationTypes types, CancellationToken cancellationToken)
    {
        var builder = Operations.FindReceiver(call);
        for (var step = 0; step < MostSteps; step++)
        {
            switch (builder)
            {
                case IInvocationOperation named when types.IsClientRegistration(named.TargetMethod):
                    return Create(named, cancellationToken) ?? CreateForCall(named);
                case IInvocationOperation { TargetMethod.Name: "AddHttpClient" } added:
                    return FindAdded(added, cancellationToken);
                case IInvocationOperation chained when ServiceCollectionIdentity.IsBuilder(Operations.FindReceiver(chained)?.Type):
                    builder = Operations.FindReceiver(chained);
                    break;
                case IInvocationOperation start:
                    return CreateForCall(start);
                case ILocalReferenceOperation local when Assignments.CountBefore(local) == 0:
                    if (Operations.Unwrap(Operations.FindInitialValue(local, cancellationToken)) is not IInvocationOperation value)
                        return null;
                    builder = value;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    return CreateForVariable(local, builder);
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return CreateForVariable(parameter, builder);
                default:
                    return null;
            }
        }

        return null;
    }

    private static HttpClientIdentity FindAdded(IInvocationOperation added, CancellationToken cancellationToken)
    {
        if (Operations.FindText(Operations.FindArgument(added, "name")) is { } name)
            return Create(added, name, cancellationToken);

        // A typed client without a name has the name of its first type.
        return added.TargetMethod.TypeArguments.FirstOrDefault() is { } type && Operations.FindArgument(added, "name") is null
            ? CreateIn(added, $"type {type.ToDisplayString()}", $"the HttpClient of '{type.Name}'", cancellationToken)
            : CreateForCall(added);
    }

    private static HttpClientIdentity Create(IInvocationOperation call, string name, CancellationToken cancellationToken) =>
        CreateIn(call, $"name {name}", $"HttpClient '{name}'", cancellationToken);

    // Two containers may have HttpClients of the same name.
    private static HttpClientIdentity CreateIn(IInvocationOperation call, string key, string description, CancellationToken cancellationToken) =>
        new(ServiceCollectionIdentity.Find(Operations.FindReceiver(call), cancellationToken) is { } services ? $"{key} in {services}" : CreateForCall(call).Key, description);

    private static HttpClientIdentity? CreateForVariable(ISymbol variable, IOperation reference) => Assignments.CountBefore(reference) is { } assignments
        ? new HttpClientIdentity($"variable {variable.Name} {variable.Locations.FirstOrDefault()?.SourceSpan.Start} {assignments}", "this HttpClient")
        : null;

    // A name that is not constant may be another one in each call. All calls of a chain begin at the same place, and end at different places.
    private static HttpClientIdentity CreateForCall(IInvocationOperation call) => new($"call {call.Syntax.Span}", "this HttpClient");
}
