using System.Net;

namespace CognitoM2M.Http;

/// <summary>
/// Reads the status of a gRPC call from an answer that has headers and nothing else. gRPC answers with HTTP status 200 even if it refuses
/// the caller. A status that follows a body is in the trailers, which arrive after the handler has returned the answer.
/// </summary>
internal static class GrpcAnswer
{
    private const string StatusHeader = "grpc-status";
    private const string Unauthenticated = "16";

    /// <summary>Whether the call is a gRPC call that the server refused as not authenticated.</summary>
    public static bool IsUnauthenticated(HttpResponseMessage response, HttpRequestMessage message) =>
        // Every gRPC call has a body, so the headers of a call without a body are not read.
        message.Content is { } content
        && response.StatusCode == HttpStatusCode.OK
        && response.Headers.NonValidated.TryGetValues(StatusHeader, out var status)
        && status.ToString() == Unauthenticated
        && content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
