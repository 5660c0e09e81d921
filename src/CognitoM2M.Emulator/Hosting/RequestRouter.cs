using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Operations.AppClients;
using CognitoM2M.Emulator.Page;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.WellKnown;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Hosting;

/// <summary>Handles every request: checks the host, finds the endpoint, counts the request, applies a fault, and sends the response.</summary>
internal sealed class RequestRouter(
    HostCheck hosts,
    TokenEndpoint tokenEndpoint,
    JsonApiEndpoint jsonApi,
    WellKnownEndpoint wellKnown,
    UserEndpoints userEndpoints,
    EmulatorFaults faults,
    JsonApiRequestCounter jsonApiRequests,
    TokenRequestCounter tokenRequests,
    PageEndpoint? page,
    TimeProvider timeProvider)
{
    private const string TokenPath = "/oauth2/token";
    private const string HealthPath = "/health";

    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // Neither a probe, a wrong host nor the question of a browser is a request to an endpoint. They are not counted and meet no fault.
        if ((AnswerProbe(context.Request) ?? hosts.FindRefusal(context.Request) ?? AnswerPreflight(context.Request)) is { } answer)
        {
            await answer.SendAsync(context.Response, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (page is not null && PageEndpoint.Serves(context.Request))
        {
            await page.HandleAsync(context, cancellationToken).ConfigureAwait(false);
            return;
        }

        var arrivedAt = timeProvider.GetTimestamp();
        var route = await FindRouteAsync(context.Request).ConfigureAwait(false);
        PreparedResponse? response = null;
        try
        {
            response = await CreateResponseAsync(route, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (route.TokenRequest is not null)
                page?.Note(route.TokenRequest, response, timeProvider.GetElapsedTime(arrivedAt));
        }

        if (response is null)
            context.Abort();
        else
            await response.SendAsync(context.Response, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null if the connection must be cut.</returns>
    private async Task<PreparedResponse?> CreateResponseAsync(Route route, CancellationToken cancellationToken)
    {
        var fault = route.TakeFault();
        var response = fault is { ProcessFirst: true } ? await route.HandleAsync(cancellationToken).ConfigureAwait(false) : null;

        if (fault is not null && fault.Latency != TimeSpan.Zero)
            await Task.Delay(fault.Latency, timeProvider, cancellationToken).ConfigureAwait(false);

        response = fault is { DropConnection: true }
            ? null
            : fault?.CreateResponse() ?? response ?? await route.HandleAsync(cancellationToken).ConfigureAwait(false);
        return response is not null && fault is not null ? response with { Headers = response.Headers.SetItems(fault.Headers) } : response;
    }

    // A probe may come under any host name. The answer says nothing about the content.
    private static PreparedResponse? AnswerProbe(HttpRequest request) =>
        request.Path == HealthPath && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            ? PreparedResponse.CreateJson(StatusCodes.Status200OK, new JsonObject { ["status"] = "healthy" })
            : null;

    private PreparedResponse? AnswerPreflight(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return !HttpMethods.IsOptions(request.Method) ? null
            : path == TokenPath ? CrossOrigin.AnswerPreflight(request, HttpMethods.Post)
            : WellKnownPath.TryParse(path, out _) ? CrossOrigin.AnswerPreflight(request, WellKnownEndpoint.Methods)
            : userEndpoints.Find(path)?.CrossOriginMethods is { } methods ? CrossOrigin.AnswerPreflight(request, methods)
            : null;
    }

    private async ValueTask<Route> FindRouteAsync(HttpRequest request)
    {
        var path = request.Path.Value ?? "";

        if (path == TokenPath)
            return await RouteTokenRequestAsync(request).ConfigureAwait(false);
        if (path == "/" && HttpMethods.IsPost(request.Method))
            return await RouteJsonApiRequestAsync(request).ConfigureAwait(false);
        if (WellKnownPath.TryParse(path, out var document))
        {
            return new Route(
                () => faults.Take(document.Endpoint),
                async cancellation => await wellKnown.HandleAsync(request.Method, document, cancellation).ConfigureAwait(false));
        }

        if (userEndpoints.Find(path) is { } endpoint)
            return new Route(() => faults.Take(endpoint.Kind), cancellation => endpoint.HandleAsync(request, cancellation));

        return new Route(() => null, _ => new(CreateNotServed(request.Method, path)));
    }

    private async Task<Route> RouteTokenRequestAsync(HttpRequest request)
    {
        var tokenRequest = await TokenRequest.ReadAsync(request).ConfigureAwait(false);
        var route = new Route(() => faults.Take(EmulatorEndpoint.Token), cancellation => tokenEndpoint.HandleAsync(tokenRequest, cancellation));
        if (!HttpMethods.IsPost(request.Method))
            return route;

        tokenRequests.CountRequest(tokenRequest.Credentials.ClientId, EmulatedTokenRoute.OAuth2);
        return route with
        {
            TokenRequest = new ArrivedTokenRequest(
                tokenRequest.Credentials.ClientId, EmulatedTokenRoute.OAuth2, tokenRequest.Form?["grant_type"], tokenRequest.RequestedScopes),
        };
    }

    private async Task<Route> RouteJsonApiRequestAsync(HttpRequest request)
    {
        var call = await JsonApiRequest.ReadAsync(request).ConfigureAwait(false);
        if (!jsonApi.Supports(call.Operation))
            return new Route(() => null, cancellation => jsonApi.HandleAsync(call, cancellation));

        jsonApiRequests.CountRequest(call.Operation!);
        var route = new Route(() => faults.TakeForOperation(call.Operation!), cancellation => jsonApi.HandleAsync(call, cancellation));
        if (call.Operation != GetClientTokenOperation.Name)
            return route;

        var clientId = call.Input?.GetText("ClientId");
        tokenRequests.CountRequest(clientId, EmulatedTokenRoute.GetClientToken);
        return route with { TokenRequest = new ArrivedTokenRequest(clientId, EmulatedTokenRoute.GetClientToken, null, FindScopes(call)) };
    }

    // The input is not checked yet, so the member may be anything.
    private static IReadOnlyList<string> FindScopes(JsonApiRequest call) =>
        call.Input?.GetElement("Scopes") is { ValueKind: JsonValueKind.Array } scopes
            ? [.. scopes.EnumerateArray().Where(scope => scope.ValueKind == JsonValueKind.String).Select(scope => scope.GetString()!)]
            : [];

    private static PreparedResponse CreateNotServed(string method, string path)
    {
        // A wrong path that people often use. Cognito answers 405 here and not 404.
        if (path == "/oauth/token" && HttpMethods.IsPost(method))
            return PreparedResponse.CreateMethodNotAllowed(HttpMethods.Get);

        var body = new JsonObject { ["message"] = $"The emulator does not serve {method} {path}." };
        return PreparedResponse.CreateJson(StatusCodes.Status404NotFound, body);
    }

    /// <param name="TakeFault">Takes the fault that this request meets; null if there is none.</param>
    /// <param name="HandleAsync">Creates the response without a fault; null if the connection must be cut.</param>
    private sealed record Route(Func<EmulatorFault?> TakeFault, Func<CancellationToken, ValueTask<PreparedResponse?>> HandleAsync)
    {
        /// <summary>What the page shows of the request; null if it is not a token request.</summary>
        public ArrivedTokenRequest? TokenRequest { get; init; }
    }
}
