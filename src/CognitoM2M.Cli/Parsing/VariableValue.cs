using System.CommandLine.Parsing;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parses variables written <c>NAME=VALUE</c>.</summary>
internal static class VariableValue
{
    /// <summary>The values by name. Errors do not repeat a value.</summary>
    public static Dictionary<string, string>? Parse(ArgumentResult result)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=', 2);
            if (parts.Length < 2 || !IsName(parts[0]))
            {
                ValueError.Add(result, "must be NAME=VALUE. A name has letters, digits and _, and does not begin with a digit.");
                return null;
            }

            if (!variables.TryAdd(parts[0], parts[1]))
            {
                ValueError.Add(result, $"the variable '{parts[0]}' is given twice.");
                return null;
            }
        }

        return variables;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
