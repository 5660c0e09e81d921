using System.Text.RegularExpressions;
using CognitoM2M.AspNetCore.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Describes required Cognito scopes in OpenAPI documents.</summary>
public static partial class CognitoM2MOpenApiExtensions
{
    /// <summary>
    /// Adds the security scheme to the document. Each operation that requires a token of a scheme of <c>AddCognitoM2M</c> names the scopes that
    /// the token needs, and has the responses 400, 401, 403 and 503. Other operations are not changed.
    /// </summary>
    /// <param name="options">The options that <c>AddOpenApi</c> passes to its delegate.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <exception cref="OptionsValidationException">The settings are wrong. The exception lists all mistakes.</exception>
    public static OpenApiOptions AddCognitoM2MScopes(this OpenApiOptions options, Action<CognitoM2MOpenApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new CognitoM2MOpenApiOptions();
        configure?.Invoke(settings);
        if (FindErrors(settings).ToList() is { Count: > 0 } errors)
            throw new OptionsValidationException(Options.Options.DefaultName, typeof(CognitoM2MOpenApiOptions), errors);

        var transformer = new SecurityTransformer(options, settings);
        return options.AddOperationTransformer(transformer).AddDocumentTransformer(transformer);
    }

    private static IEnumerable<string> FindErrors(CognitoM2MOpenApiOptions settings)
    {
        if (settings.SecuritySchemeName is null || !ComponentName().IsMatch(settings.SecuritySchemeName))
            yield return $"{nameof(settings.SecuritySchemeName)} must consist of letters, digits, '.', '-' and '_'.";
        if (settings.TokenEndpoint is { IsAbsoluteUri: false })
            yield return $"{nameof(settings.TokenEndpoint)} must be an absolute address, such as https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token.";
    }

    // OpenAPI Specification 3.1, section 4.8.7.
    [GeneratedRegex(@"^[a-zA-Z0-9._-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ComponentName();
}
