using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>A complete response that has not been sent yet, so that a fault can still change or replace it.</summary>
internal sealed record PreparedResponse(int StatusCode)
{
    public static readonly ImmutableDictionary<string, string> NoHeaders =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public ImmutableDictionary<string, string> Headers { get; init; } = NoHeaders;

    public static PreparedResponse CreateJson(int statusCode, JsonObject body, string contentType = "application/json") =>
        new(statusCode) { ContentType = contentType, Body = CompactJson.WriteUtf8(body) };

    /// <param name="allow">The value of the Allow header: the methods that would be served.</param>
    public static PreparedResponse CreateMethodNotAllowed(string allow) =>
        new(StatusCodes.Status405MethodNotAllowed) { Headers = NoHeaders.Add("Allow", allow) };

    public async Task SendAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCode;
        response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;

        if (Body.IsEmpty)
            return;

        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancellationToken).ConfigureAwait(false);
    }
}
