using System.Buffers;
using CognitoM2M.Shared;

namespace CognitoM2M.UserSessions.Authorization;

/// <summary>
/// Decides where a browser may be sent after a sign-in. If every address were allowed, an attacker could make a link to the application that ends at
/// a page of the attacker (open redirect).
/// </summary>
internal sealed class ReturnUrls(IEnumerable<string> origins)
{
    public const int MaxLength = 1000;

    private static readonly SearchValues<char> _endsOfAuthority = SearchValues.Create("/?#");
    private static readonly SearchValues<char> _charactersOfAuthority =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]");

    private readonly Uri[] _origins = [.. origins.Select(TryReadOrigin).OfType<Uri>()];

    /// <summary>Reads an origin: scheme, host and port, without anything else. Null if the text is not one.</summary>
    public static Uri? TryReadOrigin(string? text) =>
        text is not null
        && Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttps || origin.Scheme == Uri.UriSchemeHttp)
        && origin is { AbsolutePath: "/", Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 }
            ? origin
            : null;

    public bool Allows(string? address) =>
        address is { Length: > 0 and <= MaxLength } && HasPlainCharacters(address) && (IsLocalPath(address) || IsOfOrigin(address));

    // Browsers leave out tabs and line breaks, and read a backslash as a slash: "/\host" and "/<tab>/host" are addresses of another host.
    private static bool HasPlainCharacters(string address) => !address.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E') && !address.Contains('\\', StringComparison.Ordinal);

    private static bool IsLocalPath(string address) => address[0] == '/' && (address.Length == 1 || address[1] != '/');

    private bool IsOfOrigin(string address) =>
        HasPlainAuthority(address)
        && Uri.TryCreate(address, UriKind.Absolute, out var target)
        && Array.Exists(_origins, origin => origin.Scheme == target.Scheme && origin.Port == target.Port
            && string.Equals(HostEntry.FindHost(origin), HostEntry.FindHost(target), StringComparison.OrdinalIgnoreCase));

    // Host and port in characters that browsers and this program read in the same way: no user name, no escapes.
    private static bool HasPlainAuthority(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return false;

        var rest = address.AsSpan(start + 3);
        var end = rest.IndexOfAny(_endsOfAuthority);
        return (end < 0 ? rest : rest[..end]) is { Length: > 0 } authority && !authority.ContainsAnyExcept(_charactersOfAuthority);
    }
}
