using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>
/// Writes required scopes into a document: first into each operation; then, when the scopes of all operations are known, into the security
/// scheme of the document.
/// </summary>
internal sealed class SecurityTransformer(OpenApiOptions options, CognitoM2MOpenApiOptions settings)
    : IOpenApiOperationTransformer, IOpenApiDocumentTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var services = context.ApplicationServices;
        var policy = await OperationPolicy.FindAsync(context.Description.ActionDescriptor, services.GetService<IAuthorizationPolicyProvider>()).ConfigureAwait(false);
        var schemes = new CognitoSchemes(services.GetService<IAuthenticationSchemeProvider>(), services.GetService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>());
        if (policy is null || await OperationProtection.FindAsync(policy, schemes).ConfigureAwait(false) is not { } protection)
            return;

        operation.Security ??= [];
        foreach (var scopes in MayNameScopes ? protection.ScopeSets : [[]])
        {
            operation.Security.Add(new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(settings.SecuritySchemeName, context.Document)] = [.. scopes],
            });
        }

        await ErrorResponses.AddAsync(operation, protection, context, cancellationToken).ConfigureAwait(false);
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[settings.SecuritySchemeName] = settings.TokenEndpoint is { } tokenEndpoint
            ? new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "A machine-to-machine access token of Amazon Cognito.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = tokenEndpoint,
                        Scopes = FindScopes(document).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToDictionary(scope => scope, _ => "", StringComparer.Ordinal),
                    },
                },
            }
            : new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A machine-to-machine access token of Amazon Cognito.",
            };
        return Task.CompletedTask;
    }

    // Before OpenAPI 3.1 (section 4.8.30), only a security scheme of type OAuth 2.0 may name scopes.
    private bool MayNameScopes => settings.TokenEndpoint is not null || options.OpenApiVersion > OpenApiSpecVersion.OpenApi3_0;

    private IEnumerable<string> FindScopes(OpenApiDocument document) =>
        from path in document.Paths.Values
        from operation in path.Operations?.Values.AsEnumerable() ?? []
        from security in operation.Security ?? []
        from scheme in security
        where scheme.Key.Reference.Id == settings.SecuritySchemeName
        from scope in scheme.Value
        select scope;
}
