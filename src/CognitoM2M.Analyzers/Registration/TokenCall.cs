using CognitoM2M.Analyzers.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CognitoM2M.Analyzers.Registration;

/// <summary>A call that puts a token on an HttpClient, or removes it.</summary>
internal sealed class TokenCall
{
    private readonly ClientRegistration? _registration;
    private readonly SyntaxNode _syntax;
    private readonly bool _hasRequest;

    private TokenCall(IInvocationOperation call, HttpClientIdentity client, ClientRegistration? registration)
    {
        (HttpClient, Description) = (client.Key, client.Description);
        Location = Syntax.FindName(call.Syntax).GetLocation();
        // In a chain of calls, the text of the last call ends last.
        Position = call.Syntax.Span.End;
        _syntax = call.Syntax;
        Sequence = Syntax.FindSequence(call.Syntax);
        _registration = registration;
        _hasRequest = Operations.FindArgument(call, "request") is { ConstantValue.HasValue: false };
    }

    /// <summary>Which HttpClient the call is about. Equal texts mean one HttpClient.</summary>
    public string HttpClient { get; }

    /// <summary>The HttpClient, in words.</summary>
    public string Description { get; }

    public Location Location { get; }

    public int Position { get; }

    /// <summary>The list of statements, or the branch of an expression, that the call stands in.</summary>
    public SyntaxNode Sequence { get; }

    /// <summary>Whether the call removes the token.</summary>
    public bool Removes { get; private set; }

    /// <summary>Whether the call does nothing but put a token on the HttpClient: it is <c>AddCognitoM2MToken</c>.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>Whether the call puts a token handler around another one.</summary>
    public bool IsSecondInItself { get; private set; }

    /// <summary>Reads a call; null if it is about no token, or about an HttpClient that is not known.</summary>
    public static TokenCall? Read(IInvocationOperation call, RegistrationTypes types, CancellationToken cancellationToken)
    {
        if (types.IsClientRegistration(call.TargetMethod))
        {
            var registration = ClientRegistration.Read(call);
            return HttpClientIdentity.Create(call, cancellationToken) is { } named ? new TokenCall(call, named, registration) : null;
        }

        if (RegistrationTypes.CreatesHandler(call.TargetMethod))
        {
            return Operations.Unwrap(Operations.FindArgument(call, "innerHandler")) is IInvocationOperation inner && RegistrationTypes.CreatesHandler(inner.TargetMethod)
                ? new TokenCall(call, HttpClientIdentity.CreateForHandler(call), registration: null) { IsSecondInItself = true }
                : null;
        }

        var removes = types.RemovesToken(call.TargetMethod);
        if (!removes && !types.AddsToken(call.TargetMethod) && !AddsHandler(call))
            return null;

        return HttpClientIdentity.Find(call, types, cancellationToken) is { } client
            ? new TokenCall(call, client, registration: null) { Removes = removes, IsAlone = types.AddsToken(call.TargetMethod) }
            : null;
    }

    /// <summary>Whether the call makes an earlier call about the same HttpClient useless.</summary>
    public bool Replaces(TokenCall earlier)
    {
        // A second registration may add to the settings of the first. If both set all of them, one is a mistake.
        if (_registration is { } second && earlier._registration is { } first)
            return (first.IsWhole && second.IsWhole) || (first.HasSection && second.HasSection);

        // The HttpClient of an app client may request other scopes than the settings of the app client.
        return !(_hasRequest && earlier._registration is not null);
    }

    /// <summary>The place of an earlier call of <c>AddCognitoM2MToken</c> in the same chain, which can be removed; empty if it stands elsewhere.</summary>
    public IEnumerable<Location> FindRemovable(TokenCall? earlier) =>
        earlier is { IsAlone: true } && IsAlone && _syntax.Span.Contains(earlier._syntax.Span) ? [earlier._syntax.GetLocation()] : [];

    private static bool AddsHandler(IInvocationOperation call) =>
        call.TargetMethod.Name == "AddHttpMessageHandler"
        && call.Arguments.Select(argument => Operations.FindLambda(argument.Value)).OfType<IAnonymousFunctionOperation>().Any(
            lambda => lambda.Body.Descendants().OfType<IInvocationOperation>().Any(inner => RegistrationTypes.CreatesHandler(inner.TargetMethod)));
}
