using System.CommandLine.Parsing;
using System.Globalization;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of whole numbers within a range.</summary>
internal static class WholeNumber
{
    public static Func<ArgumentResult, int> CreateParser(int min, int max) => result =>
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;

        ValueError.Add(result, $"'{text}' is not a whole number from {min} to {max}.");
        return min;
    };
}
