using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Operations.AppClients;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.WellKnown;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CognitoM2M.Emulator.Hosting;

/// <summary>The way of every request: find the endpoint, count, let a fault have its turn, answer.</summary>
internal sealed class EmulatorApplication(
    TokenEndpoint tokenEndpoint,
    JsonApiEndpoint jsonApi,
    WellKnownEndpoint wellKnown,
    EmulatorFaults faults,
    RequestCounter requests,
    TokenRequestCounter tokenRequests,
    TimeProvider timeProvider,
    Task started,
    CancellationToken stopping) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            // The port is open a moment before the state of the last run is back.
            await started.WaitAsync(ending.Token).ConfigureAwait(false);
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
        {
            return new Route(
                () => faults.Take(document.Endpoint),
                async cancellation => await wellKnown.AnswerAsync(request.Method, document, cancellation).ConfigureAwait(false));
        }

        return new Route(() => null, _ => new(NotServed(request.Method, path)));
    }

    private async Task<Route> TokenRouteAsync(HttpRequest request)
    {
        var tokenRequest = await TokenRequest.ReadAsync(request).ConfigureAwait(false);
        if (HttpMethods.IsPost(request.Method))
            tokenRequests.Arrived(tokenRequest.Credentials.ClientId, TokenRoute.OAuth2);

        return new Route(() => faults.Take(EmulatorEndpoint.Token), cancellation => tokenEndpoint.AnswerAsync(tokenRequest, cancellation));
    }

    private async Task<Route> JsonApiRouteAsync(HttpRequest request)
    {
        var call = await JsonApiRequest.ReadAsync(request).ConfigureAwait(false);
        if (!jsonApi.Supports(call.Operation))
            return new Route(() => null, cancellation => jsonApi.AnswerAsync(call, cancellation));

        requests.Arrived(call.Operation!);
        if (call.Operation == GetClientTokenOperation.Name)
            tokenRequests.Arrived(call.Input?.Text("ClientId"), TokenRoute.GetClientToken);
        return new Route(() => faults.TakeForOperation(call.Operation!), cancellation => jsonApi.AnswerAsync(call, cancellation));
    }

    private async Task FollowAsync(Route route, HttpContext context, CancellationToken cancellationToken)
    {
        var fault = route.TakeFault();
        var answer = fault is { ActFirst: true } ? await route.AnswerAsync(cancellationToken).ConfigureAwait(false) : null;

        if (fault is not null && fault.Latency != TimeSpan.Zero)
            await Task.Delay(fault.Latency, timeProvider, cancellationToken).ConfigureAwait(false);

        answer = fault is { DropConnection: true }
            ? null
            : fault?.ToAnswer() ?? answer ?? await route.AnswerAsync(cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            context.Abort();
            return;
        }

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

    /// <param name="TakeFault">The fault in force, if any.</param>
    /// <param name="AnswerAsync">The answer if no fault stands in for it; null to cut the connection.</param>
    private sealed record Route(Func<EmulatorFault?> TakeFault, Func<CancellationToken, ValueTask<HttpAnswer?>> AnswerAsync);
}
