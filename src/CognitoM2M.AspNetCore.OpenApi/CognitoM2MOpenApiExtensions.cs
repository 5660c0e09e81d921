using System.Text.RegularExpressions;
using CognitoM2M.AspNetCore.OpenApi;
using Microsoft.AspNetCore.OpenApi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Describes demands for Cognito scopes in OpenAPI documents.</summary>
public static partial class CognitoM2MOpenApiExtensions
{
    /// <summary>
    /// Adds the security scheme to the document, and to each operation that demands scopes which ones, with the answers 401 and 403.
    /// Operations without such a demand stay as they are.
    /// </summary>
    /// <param name="options">What <c>AddOpenApi</c> hands out.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <exception cref="ArgumentException">The settings are wrong.</exception>
    public static OpenApiOptions AddCognitoM2M(this OpenApiOptions options, Action<CognitoM2MOpenApiSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new CognitoM2MOpenApiSettings();
        configure?.Invoke(settings);
        if (settings.SecuritySchemeName is null || !ComponentName().IsMatch(settings.SecuritySchemeName))
            throw new ArgumentException($"{nameof(settings.SecuritySchemeName)} must be of letters, digits, '.', '-' and '_'.", nameof(configure));
        if (settings.TokenEndpoint is { IsAbsoluteUri: false })
            throw new ArgumentException($"{nameof(settings.TokenEndpoint)} must be an absolute address.", nameof(configure));

        var description = new SecurityDescription(options, settings);
        return options.AddOperationTransformer(description).AddDocumentTransformer(description);
    }

    // OpenAPI Specification 3.1, section 4.8.7.
    [GeneratedRegex(@"^[a-zA-Z0-9._-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ComponentName();
}
