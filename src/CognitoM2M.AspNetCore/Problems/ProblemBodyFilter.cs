using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Problems;

/// <summary>
/// Writes the body of error answers, if <c>AddProblemDetails()</c> was called. The body is written around all middleware of the application:
/// several schemes may add headers to one answer, and headers cannot be added after a body. Bodies that the application wrote stay.
/// </summary>
internal sealed class ProblemBodyFilter : IStartupFilter
{
    private const string GrpcContentType = "application/grpc";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (app.ApplicationServices.GetService<IProblemDetailsService>() is { } problems)
        {
            app.Use(async (context, rest) =>
            {
                await rest(context).ConfigureAwait(false);
                if (ResponseProblem.Find(context) is { } problem && MayHaveBody(context))
                    await WriteAsync(problems, context, problem).ConfigureAwait(false);
            });
        }

        next(app);
    };

    private static async Task WriteAsync(IProblemDetailsService problems, HttpContext context, ResponseProblem problem)
    {
        var body = new ProblemDetails();
        problem.Describe(body);
        await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = body }).ConfigureAwait(false);
    }

    private static bool MayHaveBody(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        return !response.HasStarted
            && response.ContentLength is null
            && string.IsNullOrEmpty(response.ContentType)
            && !HttpMethods.IsHead(request.Method)
            && !HttpMethods.IsConnect(request.Method)
            && !request.Headers.Upgrade.Any(protocol => protocol?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true)
            && request.ContentType?.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase) != true
            && context.GetEndpoint()?.Metadata.GetMetadata<ISkipStatusCodePagesMetadata>() is null;
    }
}
