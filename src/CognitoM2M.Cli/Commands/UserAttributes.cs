using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options that describe a new user.</summary>
internal sealed class UserAttributes
{
    private const int LongestName = 32;

    private readonly Option<Dictionary<string, string>?> _attributes = new("--attribute")
    {
        Description = "An attribute of the user, such as given_name=Ann. May be repeated. [default: none]",
        HelpName = "NAME=VALUE",
        CustomParser = Parse,
    };

    private readonly Option<string?> _emailDomain = new("--email-domain")
    {
        Description = "The domain of the address of a temporary user, if users of the user pool sign in with an address. [default: example.invalid]",
        HelpName = "DOMAIN",
        CustomParser = result => TextValue.ParseHostNames(result)?[0],
    };

    public void AddTo(Command command)
    {
        command.Add(_attributes);
        command.Add(_emailDomain);
    }

    /// <summary>Copies the attributes.</summary>
    public void Read(ParseResult parsed, IDictionary<string, string> attributes)
    {
        foreach (var (name, value) in parsed.GetValue(_attributes) ?? [])
            attributes[name] = value;
    }

    public string ReadEmailDomain(ParseResult parsed) => parsed.GetValue(_emailDomain) ?? new TemporaryUserOptions().EmailDomain;

    public TemporaryUserOptions ReadTemporary(ParseResult parsed)
    {
        var options = new TemporaryUserOptions { EmailDomain = ReadEmailDomain(parsed) };
        Read(parsed, options.Attributes);
        return options;
    }

    private static Dictionary<string, string>? Parse(ArgumentResult result)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=', 2);
            if (parts is not [{ Length: > 0 and <= LongestName } name, var value] || name.Any(char.IsWhiteSpace))
            {
                ValueError.Add(result, $"must be NAME=VALUE. A name has 1 to {LongestName} characters without white space.");
                return null;
            }

            if (!attributes.TryAdd(name, value))
            {
                ValueError.Add(result, $"the attribute '{name}' is given twice.");
                return null;
            }
        }

        return attributes;
    }
}
