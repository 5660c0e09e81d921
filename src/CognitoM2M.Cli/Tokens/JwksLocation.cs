using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Tokens;

/// <summary>Where <c>verify</c> and <c>doctor</c> find the key set: at an address or in a file.</summary>
internal sealed record JwksLocation(Uri? Address, string? File)
{
    public static Option<JwksLocation?> CreateOption() => new("--jwks")
    {
        Description = "The key set (JWKS): a file, or an address (https, or http to loopback or to a host of --plain-http). [default: the address that belongs to the issuer; with an emulator, the emulator's]",
        HelpName = "FILE|URL",
        CustomParser = Parse,
    };

    /// <summary>Takes text with <c>://</c> as an address, and other text as the path of a file.</summary>
    private static JwksLocation? Parse(ArgumentResult result) => result.Tokens[0].Value.Contains("://", StringComparison.Ordinal)
        ? HttpAddress.ParseSecureAddress(result) is { } address ? new(address, File: null) : null
        : FilePath.ParseFileToRead(result) is { } path ? new(Address: null, path) : null;
}
