using System.CommandLine.Parsing;
using System.Globalization;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Whole numbers within bounds.</summary>
internal static class WholeNumber
{
    public static Func<ArgumentResult, int> Between(int least, int most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        result.AddError($"'{text}' is not a whole number from {least} to {most}.");
        return least;
    };
}
