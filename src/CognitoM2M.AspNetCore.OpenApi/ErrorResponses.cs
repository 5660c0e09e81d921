using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Lists the error answers of the authentication scheme in an operation. Answers that the application describes are kept.</summary>
internal static class ErrorResponses
{
    private const string ProblemContentType = "application/problem+json";

    public static async Task AddAsync(
        OpenApiOperation operation, OperationProtection protection, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var content = await CreateContentAsync(context, cancellationToken).ConfigureAwait(false);
        operation.Responses ??= [];
        Add("400", "The request has several Authorization headers, so it is unclear which token counts.");
        Add("401", "The access token is missing or was rejected.", CreateHeader("WWW-Authenticate", "The header says what a token needs, and why this token was rejected.", JsonSchemaType.String));
        Add("403", DescribeForbidden(protection));
        Add("503", "The access token cannot be verified at present.", CreateHeader("Retry-After", "The number of seconds to wait before the next attempt.", JsonSchemaType.Integer));

        void Add(string status, string description, Dictionary<string, IOpenApiHeader>? headers = null) =>
            operation.Responses.TryAdd(status, new OpenApiResponse { Description = description, Headers = headers, Content = content is null ? null : new Dictionary<string, OpenApiMediaType>(content, StringComparer.Ordinal) });
    }

    private static string DescribeForbidden(OperationProtection protection)
    {
        var scopes = protection.NeedsScopes ? $"The access token lacks a scope. Needed: {string.Join("; or ", protection.ScopeSets.Select(scopes => string.Join(", ", scopes)))}." : null;
        var groups = protection.Groups.Count > 0 ? $"The caller is not in a required group. Needed: {string.Join("; and ", protection.Groups)}." : null;
        return scopes is null && groups is null ? "The access token does not permit the request." : string.Join(" Or: ", new[] { scopes, groups }.Where(text => text is not null));
    }

    private static Dictionary<string, IOpenApiHeader> CreateHeader(string name, string description, JsonSchemaType type) => new(StringComparer.Ordinal)
    {
        [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } },
    };

    /// <summary>The body of error answers; null if the application did not call <c>AddProblemDetails()</c>.</summary>
    private static async Task<Dictionary<string, OpenApiMediaType>?> CreateContentAsync(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.ApplicationServices.GetService<IProblemDetailsService>() is null || context.Document is not { } document)
            return null;

        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), parameterDescription: null, cancellationToken).ConfigureAwait(false);
        document.AddComponent(nameof(ProblemDetails), schema);
        return new(StringComparer.Ordinal) { [ProblemContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) } };
    }
}
