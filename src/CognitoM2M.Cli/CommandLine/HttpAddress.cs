using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.Cli.CommandLine;

/// <summary>Whole addresses of web servers.</summary>
internal static class HttpAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        // An address is shown where something goes wrong with it.
        && address.UserInfo.Length == 0;
}
