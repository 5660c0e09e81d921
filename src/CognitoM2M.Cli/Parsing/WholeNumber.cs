using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of whole numbers within a range.</summary>
internal static class WholeNumber
{
    public static Func<ArgumentResult, T> CreateParser<T>(T min, T max)
        where T : struct, IBinaryInteger<T> => result =>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;

        ValueError.Add(result, $"'{text}' is not a whole number from {min} to {max}.");
        return min;
    };
}
