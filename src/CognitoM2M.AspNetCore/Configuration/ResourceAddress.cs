using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// The address of the API as its callers write it (<c>resource</c>, RFC 9728), and the address of the metadata about it. The text stays as the
/// user wrote it, because callers compare it character by character.
/// </summary>
/// <param name="text">An absolute address, or a path, which is completed with scheme and host of each request.</param>
internal sealed class ResourceAddress(string text)
{
    /// <summary>The path that the path of each metadata begins with.</summary>
    public const string WellKnown = "/.well-known/oauth-protected-resource";

    private readonly Uri? _absolute = text.StartsWith('/') ? null : new Uri(text);

    /// <summary>The path of the metadata: the path of the resource stands behind the well-known path (RFC 9728, section 3.1).</summary>
    public string MetadataPath => WellKnown + Path.TrimEnd('/');

    private string Path => _absolute?.AbsolutePath ?? text;

    /// <summary>What is wrong with the text, as the end of a sentence that begins with the name of the setting; null if nothing is.</summary>
    public static string? FindError(string text, PlainHttpHosts plainHttpHosts, string optIn)
    {
        if (text.StartsWith('/'))
            return text.StartsWith("//", StringComparison.Ordinal) || !IsPlain(text) ? "must be a path such as /mcp, without query." : null;
        // On Unix, a path is an absolute address of a file.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !IsPlain(text) || address.Scheme is not ("http" or "https"))
            return "must be the address of the API, such as https://api.example.com/mcp, without query; or a path, such as /mcp.";
        return WebAddress.FindError(address, plainHttpHosts, optIn);
    }

    /// <summary>Formats the address of the API for a request. False if the request names no host, which a path needs.</summary>
    public bool TryFormat(HttpRequest request, [NotNullWhen(true)] out string? resource)
    {
        resource = _absolute is not null ? text : FindOrigin(request) is { } origin ? origin + text : null;
        return resource is not null;
    }

    /// <summary>Formats the address of the metadata for a request; null if the request names no host, which a path needs.</summary>
    public string? FormatMetadataAddress(HttpRequest request) =>
        (_absolute?.GetLeftPart(UriPartial.Authority) ?? FindOrigin(request)) is { } origin ? origin + MetadataPath : null;

    private static string? FindOrigin(HttpRequest request) => request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : null;

    private static bool IsPlain(string text) => text.All(c => c is > ' ' and <= '~' and not ('?' or '#' or '"' or '\\'));
}
