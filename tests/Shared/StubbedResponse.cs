using System.Net;
using System.Text;

namespace CognitoM2M.Testing;

/// <summary>Creates the responses that stubs of Cognito give in tests.</summary>
internal static class StubbedResponse
{
    /// <summary>A response of the token endpoint with a token.</summary>
    /// <param name="token">The access token.</param>
    /// <param name="expiresIn">The lifetime of the token in seconds.</param>
    public static HttpResponseMessage CreateToken(string token, long expiresIn = 3600) =>
        CreateJson($$"""{"access_token":"{{token}}","expires_in":{{expiresIn}},"token_type":"Bearer"}""");

    /// <summary>A JSON response.</summary>
    public static HttpResponseMessage CreateJson(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>An HTML response without an error code, as proxies and load balancers send.</summary>
    public static HttpResponseMessage CreateStatus(HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent("<html>no</html>", Encoding.UTF8, "text/html") };
        if (retryAfter is { } delay)
            response.Headers.RetryAfter = new(delay);
        return response;
    }
}
