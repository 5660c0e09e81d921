using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Registration;

/// <summary>Which HttpClient a builder is for, as far as the code shows it.</summary>
internal sealed class HttpClientIdentity
{
    // Local variables may refer to each other in a circle, in code that does not compile.
    private const int MostSteps = 100;

    private const string BuilderName = "IHttpClientBuilder";

    private HttpClientIdentity(string key, string description) => (Key, Description) = (key, description);

    /// <summary>Equal texts mean one HttpClient.</summary>
    public string Key { get; }

    public string Description { get; }

    public static HttpClientIdentity Create(string name) => new($"name {name}", $"HttpClient '{name}'");

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
                    return Operations.FindText(Operations.FindArgument(named, "clientName")) is { } client ? Create(client) : CreateForCall(named);
                case IInvocationOperation { TargetMethod.Name: "AddHttpClient" } added:
                    return FindAdded(added);
                case IInvocationOperation chained when IsBuilder(Operations.FindReceiver(chained)):
                    builder = Operations.FindReceiver(chained);
                    break;
                case IInvocationOperation start:
                    return CreateForCall(start);
                case ILocalReferenceOperation local when Operations.FindInitialValue(local, cancellationToken) is { } value && Operations.Unwrap(value) is IInvocationOperation:
                    builder = Operations.Unwrap(value);
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return new HttpClientIdentity($"parameter {parameter.Name} {parameter.Locations.FirstOrDefault()?.SourceSpan.Start}", "this HttpClient");
                default:
                    return null;
            }
        }

        return null;
    }

    private static HttpClientIdentity FindAdded(IInvocationOperation added)
    {
        if (Operations.FindText(Operations.FindArgument(added, "name")) is { } name)
            return Create(name);

        // A typed client without a name has the name of its first type.
        return added.TargetMethod.TypeArguments.FirstOrDefault() is { } type && Operations.FindArgument(added, "name") is null
            ? new HttpClientIdentity($"type {type.ToDisplayString()}", $"the HttpClient of '{type.Name}'")
            : CreateForCall(added);
    }

    private static bool IsBuilder(IOperation? operation) =>
        operation?.Type is { } type && (type.Name == BuilderName || type.AllInterfaces.Any(implemented => implemented.Name == BuilderName));

    // A name that is not constant may be another one in each call.
    private static HttpClientIdentity CreateForCall(IInvocationOperation call) => new($"call {call.Syntax.SpanStart}", "this HttpClient");
}
