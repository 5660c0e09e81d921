using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>The responses for browsers: redirections and pages. A page runs no script and loads nothing.</summary>
internal static class BrowserResponse
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh}"
        + "main{width:min(22rem,90vw);padding:2rem 0}h1{font-size:1.4rem;margin:0 0 .5rem}label{display:block;margin:1rem 0 .25rem}"
        + "input{box-sizing:border-box;width:100%;padding:.5rem;font:inherit}button{margin-top:1.5rem;padding:.5rem 1.5rem;font:inherit}"
        + "[role=alert]{border-left:.25rem solid;padding-left:.75rem}code{overflow-wrap:anywhere}";

    private static readonly ImmutableDictionary<string, string> _headers = PreparedResponse.NoHeaders
        .Add(HeaderNames.CacheControl, "no-store")
        // There is no form-action, because browsers also apply form-action to the redirect after the form, and this redirect goes to the app client.
        .Add(HeaderNames.ContentSecurityPolicy, $"default-src 'none'; style-src 'sha256-{Hash(Style)}'; base-uri 'none'; frame-ancestors 'none'")
        .Add("Referrer-Policy", "no-referrer")
        .Add(HeaderNames.XContentTypeOptions, "nosniff")
        .Add(HeaderNames.XFrameOptions, "DENY");

    /// <param name="location">The address, in visible ASCII.</param>
    public static PreparedResponse CreateRedirect(string location) =>
        new(StatusCodes.Status302Found) { Headers = _headers.Add(HeaderNames.Location, location) };

    /// <summary>Sends the error to the app client if its address is known, and shows it to the user otherwise.</summary>
    public static PreparedResponse CreateError(AuthorizationRefusedException refusal) => refusal.RedirectUri is { } redirectUri
        ? CreateRedirect(AddParameters(
            redirectUri, [("error", refusal.Error), ("error_description", refusal.Message), ("state", refusal.State)]))
        : CreatePage(
            StatusCodes.Status400BadRequest,
            "The request was refused",
            $"<p role=\"alert\">{Encode(refusal.Message)}</p><p><code>error={Encode(refusal.Error)}</code></p>");

    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="title">The title, as text.</param>
    /// <param name="content">The content, as HTML.</param>
    public static PreparedResponse CreatePage(int statusCode, string title, string content) => new(statusCode)
    {
        ContentType = "text/html; charset=utf-8",
        Headers = _headers,
        Body = Encoding.UTF8.GetBytes($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Encode(title)}</h1>
            {content}
            </main>
            </body>
            </html>
            """),
    };

    /// <summary>Adds parameters to the query of an address. A parameter without a value is left out.</summary>
    public static string AddParameters(string address, IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = string.Join(
            '&', parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    /// <summary>Encodes a text for HTML, also within the quotes of an attribute.</summary>
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    public static PreparedResponse SetCookie(PreparedResponse response, string name, string value, TimeSpan? lifetime)
    {
        // The cookie is not Secure, because the emulator uses plain http. It is Lax: other sites can link to the page, but cannot post with the cookie.
        var age = lifetime is { } time ? $"; Max-Age={(int)time.TotalSeconds}" : "";
        return response with { Headers = response.Headers.SetItem(HeaderNames.SetCookie, $"{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}") };
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
