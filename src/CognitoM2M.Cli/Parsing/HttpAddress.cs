using System.CommandLine.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of absolute addresses of web servers.</summary>
internal static class HttpAddress
{
    /// <summary>An address that secrets are sent to or keys are read from: https, or http to loopback.</summary>
    public static Uri? ParseSecureAddress(ArgumentResult result) => Report(result, FindSecureError(result.Tokens[0].Value, out var address), address);

    /// <summary>What is wrong with an http or https address, as a sentence; null if nothing is.</summary>
    public static string? FindError(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? null
            : $"{Quote(text)} must be an http or https address, without user name and password.";

    /// <summary>What is wrong with an address that secrets are sent to or keys are read from, as a sentence; null if nothing is.</summary>
    public static string? FindSecureError(string text, out Uri? address) =>
        FindError(text, out address) ?? (WebAddress.FindError(address!) is { } problem ? $"{Quote(text)} {problem}" : null);

    // Messages quote addresses. Text with an @ may hold a password and is not quoted.
    private static string Quote(string text) => text.Contains('@', StringComparison.Ordinal) ? "the value" : $"'{text}'";

    private static Uri? Report(ArgumentResult result, string? problem, Uri? address)
    {
        if (problem is null)
            return address;

        ValueError.Add(result, problem);
        return null;
    }
}
