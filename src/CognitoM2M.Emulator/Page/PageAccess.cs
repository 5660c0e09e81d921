using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.Page;

/// <summary>Decides who may see and use the page.</summary>
/// <param name="page">Where the page is shown.</param>
internal sealed class PageAccess(EmulatorPage page)
{
    /// <summary>
    /// The header of requests that change something or show a secret. A page of another origin cannot send it, because the emulator does not
    /// answer the question that a browser asks first (preflight).
    /// </summary>
    public const string ProofHeader = "X-Emulator-Page";

    /// <param name="request">The request.</param>
    /// <param name="isDocument">Whether the request is for the page itself, which pages of other origins may link to.</param>
    /// <returns>The refusal; null if the request is allowed.</returns>
    public PreparedResponse? FindRefusal(HttpRequest request, bool isDocument)
    {
        if (page != EmulatorPage.AllAddresses && !IsFromThisMachine(request))
            return Refuse("The page is shown on loopback addresses only. To show it on all addresses, set CognitoEmulatorOptions.Page to AllAddresses.");
        if (!isDocument && !IsOfOwnOrigin(request))
            return Refuse("A page of another origin cannot read the emulator's page.");
        return HttpMethods.IsPost(request.Method) && request.Headers[ProofHeader] != "1"
            ? Refuse($"The header {ProofHeader} is missing.")
            : null;
    }

    // A proxy on this machine connects from a loopback address. The name of the host then shows that the request comes from another machine.
    private static bool IsFromThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local) && IsLoopback(request.Host.Host);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // Browsers send headers that say where a request comes from. Other programs send no such header.
    private static bool IsOfOwnOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && request.Headers.Origin.ToString() is var origin
        && (origin.Length == 0 || string.Equals($"{request.Scheme}://{request.Host}", origin, StringComparison.OrdinalIgnoreCase));

    private static PreparedResponse Refuse(string message)
    {
        var response = PreparedResponse.CreateJson(StatusCodes.Status403Forbidden, new JsonObject { ["message"] = message });
        return response with { Headers = response.Headers.Add(HeaderNames.CacheControl, "no-store") };
    }
}
