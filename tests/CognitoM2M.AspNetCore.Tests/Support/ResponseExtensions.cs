using System.Net;

namespace CognitoM2M.AspNetCore.Tests.Support;

internal static class ResponseExtensions
{
    /// <summary>The values of the header WWW-Authenticate, exactly as sent.</summary>
    public static string[] Challenges(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("WWW-Authenticate", out var values) ? [.. values] : [];

    public static void Is(this HttpResponseMessage response, HttpStatusCode status, params string[] challenges)
    {
        Assert.Equal(challenges, response.Challenges());
        Assert.Equal(status, response.StatusCode);
    }
}
