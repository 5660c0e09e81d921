using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Whole addresses of web servers.</summary>
internal static class HttpAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        // An address is shown where something goes wrong with it.
        && address.UserInfo.Length == 0;

    /// <summary>The text as it may be shown: what holds user information may hold a password.</summary>
    public static string Quote(string text) => text.Contains('@', StringComparison.Ordinal) ? "what was given" : $"'{text}'";
}
