using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.UserPools;
using CognitoM2M.Emulator.WellKnown;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CognitoM2M.Emulator.Http;

/// <summary>The way of every request: find the endpoint, count, let a fault have its turn, answer.</summary>
internal sealed class EmulatorApplication(
    UserPoolDirectory userPools,
    AccessTokenIssuer issuer,
    EmulatorFaults faults,
    TokenRequestCounter tokenRequests,
    TimeProvider timeProvider,
    CancellationToken stopping) : IHttpApplication<HttpContext>
{
    private readonly TokenEndpoint _tokenEndpoint = new(userPools, issuer);
    private readonly JsonApiEndpoint _jsonApi = new(userPools, issuer);
    private readonly WellKnownEndpoint _wellKnown = new(userPools);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var route = await FindRouteAsync(context.Request).ConfigureAwait(false);
            await FollowAsync(route, context, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async ValueTask<Route> FindRouteAsync(HttpRequest request)
    {
        var path = request.Path.Value ?? "";

        if (path == "/oauth2/token")
            return await TokenRouteAsync(request).ConfigureAwait(false);
        if (path == "/" && HttpMethods.IsPost(request.Method))
            return await JsonApiRouteAsync(request).ConfigureAwait(false);
        if (WellKnownPath.TryParse(path, out var document))
            return new Route(document.Endpoint, cancellation => _wellKnown.AnswerAsync(request.Method, document, cancellation));
        return new Route(Endpoint: null, _ => new(NotServed(request.Method, path)));
    }

    private async Task<Route> TokenRouteAsync(HttpRequest request)
    {
        var tokenRequest = await TokenRequest.ReadAsync(request).ConfigureAwait(false);
        if (HttpMethods.IsPost(request.Method))
            tokenRequests.Arrived(tokenRequest.Credentials.ClientId, TokenRoute.OAuth2);

        return new Route(EmulatorEndpoint.Token, cancellation => _tokenEndpoint.AnswerAsync(tokenRequest, cancellation));
    }

    private async Task<Route> JsonApiRouteAsync(HttpRequest request)
    {
        var call = await JsonApiRequest.ReadAsync(request).ConfigureAwait(false);
        var isTokenRequest = call.Operation == GetClientTokenOperation.Name;
        if (isTokenRequest)
            tokenRequests.Arrived(GetClientTokenOperation.ClientIdOf(call), TokenRoute.GetClientToken);

        return new Route(isTokenRequest ? EmulatorEndpoint.GetClientToken : null, cancellation => _jsonApi.AnswerAsync(call, cancellation));
    }

    private async Task FollowAsync(Route route, HttpContext context, CancellationToken cancellationToken)
    {
        var fault = route.Endpoint is { } endpoint ? faults.Take(endpoint) : null;

        if (fault is not null && fault.Latency != TimeSpan.Zero)
            await Task.Delay(fault.Latency, timeProvider, cancellationToken).ConfigureAwait(false);

        if (fault is { DropConnection: true })
        {
            context.Abort();
            return;
        }

        var answer = fault?.ToAnswer() ?? await route.AnswerAsync(cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            answer = answer with { Headers = answer.Headers.SetItems(fault.Headers) };
        await answer.SendAsync(context.Response, cancellationToken).ConfigureAwait(false);
    }

    private static HttpAnswer NotServed(string method, string path)
    {
        // A wrong path that people do take. Cognito answers it with this, not with 404.
        if (path == "/oauth/token" && HttpMethods.IsPost(method))
            return HttpAnswer.MethodNotAllowed(HttpMethods.Get);

        var body = new JsonObject { ["message"] = $"The emulator does not serve {method} {path}." };
        return HttpAnswer.Json(StatusCodes.Status404NotFound, body);
    }

    /// <param name="Endpoint">The endpoint whose fault applies, if any.</param>
    /// <param name="AnswerAsync">The answer if no fault stands in for it.</param>
    private sealed record Route(EmulatorEndpoint? Endpoint, Func<CancellationToken, ValueTask<HttpAnswer>> AnswerAsync);
}
