using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parses an IP address with a port, to listen on.</summary>
internal static class ListenAddress
{
    public static IPEndPoint? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        // Without a port the text is an address with port 0, and that is not what the user has written.
        if (IPEndPoint.TryParse(text, out var address) && text.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{address.Port}"), StringComparison.Ordinal))
            return address;

        ValueError.Add(result, text.Length == 0 ? "must not be empty." : $"'{text}' is not an IP address with a port such as 0.0.0.0:9229.");
        return null;
    }
}
