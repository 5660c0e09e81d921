using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>A request of a browser as it arrived, before any check.</summary>
internal sealed class BrowserRequest
{
    public required bool IsPost { get; init; }

    public required bool IsGet { get; init; }

    public required TokenForm Query { get; init; }

    /// <summary>The fields of the posted form; empty if there is none.</summary>
    public required TokenForm Form { get; init; }

    public required IRequestCookieCollection Cookies { get; init; }

    public static async Task<BrowserRequest> ReadAsync(HttpRequest request)
    {
        var isForm = HttpMethods.IsPost(request.Method) && MediaTypeRules.IsForm(request.ContentType);
        var body = isForm ? await RequestBody.ReadAsync(request).ConfigureAwait(false) : null;
        return new BrowserRequest
        {
            IsPost = HttpMethods.IsPost(request.Method),
            IsGet = HttpMethods.IsGet(request.Method),
            Query = TokenForm.Parse(request.QueryString.Value ?? ""),
            Form = body is null ? TokenForm.Empty : TokenForm.Parse(body),
            Cookies = request.Cookies,
        };
    }
}
