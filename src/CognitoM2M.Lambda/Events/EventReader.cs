using System.Text.Json;
using CognitoM2M.Shared;

namespace CognitoM2M.Lambda.Events;

/// <summary>Reads the events that API Gateway sends to an authorizer.</summary>
internal static class EventReader
{
    /// <summary>Reads an event.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="tokenHeader">The header that has the token.</param>
    /// <exception cref="ApiGatewayAuthorizerException">The text is not an event that API Gateway sends to an authorizer.</exception>
    public static AuthorizerEvent Read(ReadOnlySpan<byte> utf8, string tokenHeader)
    {
        if (StrictJson.TryParseObject(utf8, out var request) is { } mistake)
            throw new ApiGatewayAuthorizerException($"The event is {mistake}.");

        return (FindText(request, "type"), FindText(request, "version")) switch
        {
            ("TOKEN", _) => new AuthorizerEvent(AuthorizerEventKind.RestToken, ReadArn(request, "methodArn"), ReadToken(FindText(request, "authorizationToken"))),
            ("REQUEST", null) => new AuthorizerEvent(AuthorizerEventKind.RestRequest, ReadArn(request, "methodArn"), ReadToken(RequestHeaders.FindOnly(request, tokenHeader)))
            {
                Resource = FindText(request, "resource"),
            },
            ("REQUEST", "1.0") => ReadHttp(AuthorizerEventKind.Http1, request, ReadArn(request, "methodArn"), tokenHeader),
            ("REQUEST", "2.0") => ReadHttp2(request, tokenHeader),
            _ => throw new ApiGatewayAuthorizerException(
                "The event is not one that API Gateway sends to an authorizer of a REST API or an HTTP API: its type must be TOKEN or REQUEST, its version 1.0 or 2.0 if it has one."),
        };
    }

    private static AuthorizerEvent ReadHttp2(JsonElement request, string tokenHeader)
    {
        var routeKey = FindText(request, "routeKey") ?? throw new ApiGatewayAuthorizerException("The event has no routeKey.");
        var arn = ReadArn(request, "routeArn");
        return ReadHttp(AuthorizerEventKind.Http2, request, arn, tokenHeader) with
        {
            RouteKey = routeKey,
            IsCachedByRoute = IdentitySources.TellRoutesApart(request, routeKey, arn.Stage),
        };
    }

    private static AuthorizerEvent ReadHttp(AuthorizerEventKind kind, JsonElement request, MethodArn arn, string tokenHeader)
    {
        var authorization = RequestHeaders.FindOnly(request, tokenHeader);
        return new AuthorizerEvent(kind, arn, ReadToken(authorization))
        {
            IsCachedByCaller = authorization is null || IdentitySources.TellCallersApart(request, authorization),
        };
    }

    private static MethodArn ReadArn(JsonElement request, string name) =>
        FindText(request, name) is { } text && MethodArn.TryParse(text) is { } arn
            ? arn
            : throw new ApiGatewayAuthorizerException($"The {name} of the event is not the ARN of a request to a stage of API Gateway.");

    private static string? ReadToken(string? authorization) => BearerScheme.ReadToken(authorization) is { IsEmpty: false } token ? token.ToString() : null;

    private static string? FindText(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
