using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Writes demands for scopes into a document: first into its operations, then, from those, into the whole.</summary>
internal sealed class SecurityDescription(OpenApiOptions options, CognitoM2MOpenApiSettings settings)
    : IOpenApiOperationTransformer, IOpenApiDocumentTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var alternatives = await ScopeDemands.OfAsync(
            context.Description.ActionDescriptor.EndpointMetadata ?? [], context.ApplicationServices.GetService<IAuthorizationPolicyProvider>()).ConfigureAwait(false);
        if (alternatives.Count == 0)
            return;

        operation.Security ??= [];
        foreach (var scopes in MayNameScopes ? alternatives : [[]])
        {
            operation.Security.Add(new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(settings.SecuritySchemeName, context.Document)] = [.. scopes],
            });
        }

        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "There is no access token, or it is not accepted." });
        operation.Responses.TryAdd("403", new OpenApiResponse
        {
            Description = $"The access token lacks a scope. Needed: {string.Join("; or ", alternatives.Select(scopes => string.Join(", ", scopes)))}.",
        });
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[settings.SecuritySchemeName] = settings.TokenEndpoint is { } tokenEndpoint
            ? new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "An access token of Amazon Cognito for machines.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = tokenEndpoint,
                        Scopes = ScopesIn(document).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToDictionary(scope => scope, _ => "", StringComparer.Ordinal),
                    },
                },
            }
            : new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token of Amazon Cognito for machines.",
            };
        return Task.CompletedTask;
    }

    // Before version 3.1 (section 4.8.30) only OAuth 2.0 may.
    private bool MayNameScopes => settings.TokenEndpoint is not null || options.OpenApiVersion > OpenApiSpecVersion.OpenApi3_0;

    private IEnumerable<string> ScopesIn(OpenApiDocument document) =>
        from path in document.Paths.Values
        from operation in path.Operations?.Values.AsEnumerable() ?? []
        from security in operation.Security ?? []
        from scheme in security
        where scheme.Key.Reference.Id == settings.SecuritySchemeName
        from scope in scheme.Value
        select scope;
}
