using System.CommandLine.Parsing;
using System.Globalization;

namespace CognitoM2M.Cli.Parsing;

/// <summary>The parser of prices in US dollars.</summary>
internal static class UsdAmount
{
    private const decimal Max = 1_000;

    public static decimal? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Max)
            return amount;

        ValueError.Add(result, $"'{text}' is not a price from 0 to {Max}, such as 0.00225.");
        return null;
    }
}
