using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>
/// Lets web pages of every origin use an endpoint (CORS): Swagger UI gets tokens, and libraries in a browser read keys. The JSON API is not
/// for pages: its descriptions hold client secrets.
/// </summary>
internal static class CrossOrigin
{
    public const string AnyOrigin = "*";

    /// <summary>Allows pages to read the response.</summary>
    public static PreparedResponse Allow(PreparedResponse response) =>
        response with { Headers = response.Headers.SetItem(HeaderNames.AccessControlAllowOrigin, AnyOrigin) };

    /// <summary>Answers the question that a browser asks before a request with headers of its own (preflight).</summary>
    /// <param name="request">The request with the method OPTIONS.</param>
    /// <param name="methods">The methods that the endpoint serves.</param>
    public static PreparedResponse AnswerPreflight(HttpRequest request, string methods)
    {
        var response = Allow(new PreparedResponse(StatusCodes.Status204NoContent));
        var headers = response.Headers.Add(HeaderNames.AccessControlAllowMethods, methods).Add(HeaderNames.AccessControlMaxAge, "600");

        // The wildcard * does not include the header Authorization, so the answer repeats the requested names. Header names are ASCII.
        var asked = request.Headers.AccessControlRequestHeaders.ToString();
        return response with
        {
            Headers = asked.Length > 0 && Ascii.IsValid(asked) ? headers.Add(HeaderNames.AccessControlAllowHeaders, asked) : headers,
        };
    }
}
