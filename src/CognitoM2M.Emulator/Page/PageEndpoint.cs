using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.Page;

/// <summary>Serves the page at <c>/</c>, and below <see cref="PageContent.Folder"/> its files, its events and its actions.</summary>
internal sealed class PageEndpoint(PageAccess access, PageStream stream, PageActions actions, TokenRequestLog log, NextToken nextToken)
{
    private const string EventsPath = PageContent.Folder + "events";

    private static readonly MediaTypeHeaderValue _html = new("text/html");

    /// <summary>Whether a request is for the page. Such a request is not counted and meets no fault.</summary>
    /// <remarks>The page shares its path with the JSON API. Clients that want JSON are told that this is no operation, as Cognito tells them.</remarks>
    public static bool Serves(HttpRequest request) =>
        (request.Path == "/" && IsRead(request) && AcceptsHtml(request)) || request.Path.Value?.StartsWith(PageContent.Folder, StringComparison.Ordinal) == true;

    /// <summary>Notes a token request that has ended.</summary>
    public void Note(ArrivedTokenRequest request, PreparedResponse? response, TimeSpan latency)
    {
        log.Add(request, response, latency);
        nextToken.Offer(response);
    }

    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (request, response) = (context.Request, context.Response);
        if (access.FindRefusal(request, isDocument: request.Path == "/") is { } refusal)
        {
            await refusal.SendAsync(response, cancellationToken).ConfigureAwait(false);
        }
        else if (request.Path == EventsPath && HttpMethods.IsGet(request.Method))
        {
            await new PreparedResponse(StatusCodes.Status200OK) { ContentType = PageStream.ContentType, Headers = PageContent.Headers }
                .SendAsync(response, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(response.Body, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var answer = IsRead(request) ? PageContent.Find(request.Path.Value!)
                : HttpMethods.IsPost(request.Method) ? await RunActionAsync(request, cancellationToken).ConfigureAwait(false)
                : null;
            await (answer ?? CreateMessage(StatusCodes.Status404NotFound, $"The page has no {request.Method} {request.Path}."))
                .SendAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool AcceptsHtml(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.Accept)
        || (MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types) && types.Any(_html.IsSubsetOf));

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private async Task<PreparedResponse?> RunActionAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        if (StrictJson.TryParseObject(body, out var members) is not null)
            return CreateMessage(StatusCodes.Status400BadRequest, "The body is not a JSON object.");

        try
        {
            var name = request.Path.Value![PageContent.Folder.Length..];
            return await actions.RunAsync(name, JsonObject.Create(members)!, cancellationToken).ConfigureAwait(false) is { } result
                ? Create(StatusCodes.Status200OK, result)
                : null;
        }
        catch (RefusedException e)
        {
            return CreateMessage(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private static PreparedResponse CreateMessage(int statusCode, string message) => Create(statusCode, new JsonObject { ["message"] = message });

    private static PreparedResponse Create(int statusCode, JsonObject body) =>
        PreparedResponse.CreateJson(statusCode, body) with { Headers = PageContent.Headers };
}
