using Microsoft.CodeAnalysis;

namespace CognitoM2M.Analyzers.Registration;

/// <summary>The types with which app clients are registered.</summary>
internal sealed class RegistrationTypes
{
    private readonly INamedTypeSymbol _clients;
    private readonly INamedTypeSymbol? _tokens;
    private readonly INamedTypeSymbol _options;

    private RegistrationTypes(INamedTypeSymbol clients, INamedTypeSymbol? tokens, INamedTypeSymbol options) =>
        (_clients, _tokens, _options) = (clients, tokens, options);

    /// <summary>Resolves the types; null if the project does not use the package.</summary>
    public static RegistrationTypes? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.CognitoM2MServiceCollectionExtensions") is { } clients
        && compilation.GetTypeByMetadataName("CognitoM2M.CognitoM2MClientOptions") is { } options
            ? new RegistrationTypes(
                clients, compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.CognitoM2MHttpClientBuilderExtensions"), options)
            : null;

    public bool IsClientRegistration(IMethodSymbol method) => method.Name == "AddCognitoM2MClient" && Equal(method.ContainingType, _clients);

    public bool AddsToken(IMethodSymbol method) => method.Name == "AddCognitoM2MToken" && Equal(method.ContainingType, _tokens);

    public bool RemovesToken(IMethodSymbol method) => method.Name == "RemoveCognitoM2MToken" && Equal(method.ContainingType, _tokens);

    /// <summary>Whether a method makes a handler that puts a token on requests.</summary>
    public static bool CreatesHandler(IMethodSymbol method) =>
        method is { Name: "CreateHandler", ContainingType: { Name: "ICognitoTokenHandlerFactory" or "CognitoM2MClient", ContainingNamespace.Name: "CognitoM2M" } };

    /// <summary>Whether a method sets options of clients in another way than a registration, such as <c>PostConfigure</c> or <c>AddOptions</c>.</summary>
    public bool ConfiguresOptions(IMethodSymbol method) =>
        !method.TypeArguments.IsEmpty
        && (method.Name.IndexOf("Configure", StringComparison.Ordinal) >= 0 || method.Name == "AddOptions" || method.Name.StartsWith("Add", StringComparison.Ordinal))
        && method.TypeArguments.Any(type => Equal(type, _options) || IsConfiguration(type) || type.AllInterfaces.Any(IsConfiguration));

    // IConfigureOptions<T>, IConfigureNamedOptions<T>, IPostConfigureOptions<T>
    private bool IsConfiguration(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } generic
        && generic.Name.IndexOf("Configure", StringComparison.Ordinal) >= 0
        && Equal(generic.TypeArguments[0], _options);

    private static bool Equal(ISymbol type, ISymbol? other) => SymbolEqualityComparer.Default.Equals(type, other);
}
