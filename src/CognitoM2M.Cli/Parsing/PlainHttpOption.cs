using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Parsing;

/// <summary>The option <c>--plain-http</c>: hosts of a network that the user trusts, which addresses may name with plain http.</summary>
internal static class PlainHttpOption
{
    public const string Name = "--plain-http";

    public static Option<string[]?> Create() => new(Name)
    {
        Description = "A host that addresses may name with plain http, because you trust the network on the whole way to it: a host name or host:port, no wildcard. May be repeated. Tokens and secrets then travel unencrypted. [default: loopback addresses only]",
        HelpName = "HOST",
        Recursive = true,
        CustomParser = Parse,
    };

    /// <summary>The hosts that the user named on the command line of which a value is read.</summary>
    public static IReadOnlyList<string> Find(SymbolResult result)
    {
        for (var part = result.Parent; part is not null; part = part.Parent)
        {
            if (part is CommandResult { Command: var command }
                && command.Options.FirstOrDefault(option => option.Name == Name) is Option<string[]?> plainHttp)
            {
                return result.GetResult(plainHttp)?.GetValueOrDefault<string[]?>() ?? [];
            }
        }

        return [];
    }

    private static string[]? Parse(ArgumentResult result)
    {
        var hosts = result.Tokens.Select(token => token.Value).ToArray();
        foreach (var host in hosts)
        {
            if (HostEntry.FindError(host) is not { } problem)
                continue;

            // Text with an @ may hold a password and is not quoted.
            ValueError.Add(result, $"{HttpAddress.Quote(host)} {problem}");
            return null;
        }

        return hosts;
    }
}
