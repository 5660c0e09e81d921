using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Page;

/// <summary>The files of the page. They are part of the assembly and refer to no other address.</summary>
internal static class PageContent
{
    /// <summary>The path below which all files and actions of the page are. The page itself has another path.</summary>
    public const string Folder = "/_emulator/";

    private const string ResourcePrefix = "page/";

    private static readonly Lazy<FrozenDictionary<string, PreparedResponse>> _files = new(ReadFiles);

    /// <summary>
    /// The headers of every response of the page. Only the page's own files are loaded and run, no text becomes markup, and no other page can
    /// frame it.
    /// </summary>
    public static readonly ImmutableDictionary<string, string> Headers = PreparedResponse.NoHeaders
        .Add(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
        .Add("Cache-Control", "no-store")
        .Add("Cross-Origin-Opener-Policy", "same-origin")
        .Add("Cross-Origin-Resource-Policy", "same-origin")
        .Add("Referrer-Policy", "no-referrer")
        .Add("X-Content-Type-Options", "nosniff")
        .Add("X-Frame-Options", "DENY");

    /// <returns>The file; null if the page has no file at this path.</returns>
    public static PreparedResponse? Find(string path) => _files.Value.GetValueOrDefault(path);

    private static FrozenDictionary<string, PreparedResponse> ReadFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name == $"{ResourcePrefix}index.html" ? "/" : Folder + name[ResourcePrefix.Length..],
                name => new PreparedResponse(StatusCodes.Status200OK)
                {
                    ContentType = FindContentType(name),
                    Body = Read(assembly, name),
                    Headers = Headers,
                },
                StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var file = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string FindContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
