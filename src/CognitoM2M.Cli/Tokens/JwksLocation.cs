using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Tokens;

/// <summary>Where <c>verify</c> finds the key set: at an address or in a file.</summary>
internal sealed record JwksLocation(Uri? Address, string? File)
{
    /// <summary>Takes text with <c>://</c> as an address (https, or http to loopback), and other text as the path of a file.</summary>
    public static JwksLocation? Parse(ArgumentResult result) => result.Tokens[0].Value.Contains("://", StringComparison.Ordinal)
        ? HttpAddress.ParseSecureAddress(result) is { } address ? new(address, File: null) : null
        : FilePath.ParseFileToRead(result) is { } path ? new(Address: null, path) : null;
}
