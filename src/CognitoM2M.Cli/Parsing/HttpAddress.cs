using System.CommandLine.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of absolute addresses of web servers.</summary>
internal static class HttpAddress
{
    /// <summary>An address that secrets are sent to or keys are read from: https, or http to loopback or to a host of <c>--plain-http</c>.</summary>
    public static Uri? ParseSecureAddress(ArgumentResult result)
    {
        if (FindSecureError(result.Tokens[0].Value, PlainHttpOption.Find(result), out var address) is not { } problem)
            return address;

        ValueError.Add(result, problem);
        return null;
    }

    /// <summary>The http or https address of a whole server, without a path.</summary>
    public static Uri? ParseServer(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var problem = FindError(text, out var address)
            ?? (address!.PathAndQuery == "/" && address.Fragment.Length == 0 ? null : $"{Quote(text)} must not have a path.");
        if (problem is null)
            return address;

        ValueError.Add(result, problem);
        return null;
    }

    /// <summary>What is wrong with an http or https address, as a sentence; null if nothing is.</summary>
    public static string? FindError(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? null
            : $"{Quote(text)} must be an http or https address, without user name and password.";

    /// <summary>What is wrong with an address that secrets are sent to or keys are read from, as a sentence; null if nothing is.</summary>
    /// <param name="text">The address.</param>
    /// <param name="plainHttpHosts">The hosts of <c>--plain-http</c>.</param>
    /// <param name="address">The address, if nothing is wrong.</param>
    public static string? FindSecureError(string text, IEnumerable<string> plainHttpHosts, out Uri? address) =>
        FindError(text, out address)
        ?? (WebAddress.IsAccepted(address!, new PlainHttpHosts(plainHttpHosts))
            ? null
            : $"{Quote(text)} must use https. http is accepted for loopback addresses. If you trust the network on the whole way to this host, add {PlainHttpOption.Name} {address!.Authority}.");

    /// <summary>Text for a message. Text with an @ may hold a password and is not quoted.</summary>
    public static string Quote(string text) => text.Contains('@', StringComparison.Ordinal) ? "the value" : $"'{text}'";
}
