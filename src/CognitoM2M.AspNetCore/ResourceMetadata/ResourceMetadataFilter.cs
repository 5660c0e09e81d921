using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.ResourceMetadata;

/// <summary>
/// Serves the metadata of each scheme whose options name a resource (RFC 9728). It stands before the middleware of the application: callers
/// have no token yet when they read the metadata.
/// </summary>
internal sealed class ResourceMetadataFilter(IEnumerable<RegisteredScheme> schemes, IOptionsMonitor<CognitoM2MAuthenticationOptions> options) : IStartupFilter
{
    private const string Methods = "GET, HEAD, OPTIONS";

    // The settings may change while the API runs.
    private const string CacheControl = "public, max-age=300";

    private readonly string[] _names = [.. schemes.Select(scheme => scheme.Name)];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.MapWhen(
            context => context.Request.Path.Value?.StartsWith(ResourceAddress.WellKnown, StringComparison.Ordinal) == true && Find(context.Request) is not null,
            metadata =>
            {
                // UseForwardedHeaders of the application comes later, but the document must name the same scheme and host as the challenges.
                // If a startup filter called it earlier (ASPNETCORE_FORWARDEDHEADERS_ENABLED), this call does nothing: a second time, the
                // middleware would take what the caller itself wrote into the headers.
                metadata.UseForwardedHeaders();
                metadata.Run(context => AnswerAsync(context, Find(context.Request)));
            });
        next(app);
    };

    private CognitoM2MAuthenticationOptions? Find(HttpRequest request)
    {
        var path = request.Path.ToUriComponent().TrimEnd('/');
        return _names.Select(options.Get).FirstOrDefault(settings => settings.ResourceAddress is { } address && address.MetadataPath == path);
    }

    private static async Task AnswerAsync(HttpContext context, CognitoM2MAuthenticationOptions? settings)
    {
        var (request, response) = (context.Request, context.Response);
        if (settings is null)
        {
            // The settings have just changed, or a proxy forwarded another path.
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Clients that run in a page of another origin read the metadata, too. It is public.
        response.Headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsOptions(request.Method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.Headers.Allow = Methods;
            response.Headers.AccessControlAllowMethods = Methods;
            response.Headers.AccessControlAllowHeaders = "*";
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = Methods;
        }
        else if (!settings.ResourceAddress!.TryFormat(request, out var resource))
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            var document = MetadataDocument.Write(resource, settings);
            response.ContentType = "application/json";
            response.ContentLength = document.Length;
            response.Headers.CacheControl = CacheControl;
            if (HttpMethods.IsGet(request.Method))
                await response.Body.WriteAsync(document, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
