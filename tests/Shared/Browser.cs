using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace CognitoM2M.Testing;

/// <summary>Does what a browser does: keeps cookies and posts the form of a page. It follows no redirection.</summary>
internal sealed partial class Browser(Uri baseAddress) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = baseAddress,
    };

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]+)\">", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormTag { get; }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\">", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField { get; }

    public async Task<Page> GetAsync(string address)
    {
        using var response = await _http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        return await Page.ReadAsync(response);
    }

    /// <summary>Fills in the form of a page and posts it.</summary>
    public async Task<Page> PostAsync(Page page, params (string Name, string Value)[] fields)
    {
        var form = HiddenField.Matches(page.Content)
            .Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Concat(fields)
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        using var content = new FormUrlEncodedContent(form);
        var action = WebUtility.HtmlDecode(FormTag.Match(page.Content).Groups["action"].Value);
        using var response = await _http.PostAsync(new Uri(action, UriKind.Relative), content);
        return await Page.ReadAsync(response);
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Page(int StatusCode, string Content, string? Location, string Headers)
{
    public static async Task<Page> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Location?.OriginalString,
        response.Headers.ToString());

    /// <summary>The parameters of the redirection.</summary>
    public IReadOnlyDictionary<string, string> Parameters =>
        QueryHelpers.ParseQuery(Location![Location!.IndexOf('?', StringComparison.Ordinal)..]).ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
}
