using System.CommandLine.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of words out of a fixed list.</summary>
internal static class Choice
{
    /// <summary>Creates a parser that takes the name of an enum member, in any case.</summary>
    public static Func<ArgumentResult, T?> CreateEnumParser<T>()
        where T : struct, Enum => result =>
    {
        var name = Find(result.Tokens[0].Value, Enum.GetNames<T>(), StringComparison.OrdinalIgnoreCase);
        if (name is not null)
            return Enum.Parse<T>(name);

        AddError(result, result.Tokens[0].Value, Enum.GetNames<T>());
        return null;
    };

    /// <summary>Creates a parser that takes any number of words, each of them out of the list.</summary>
    public static Func<ArgumentResult, string[]?> CreateParser(params string[] words) => result =>
    {
        string[] chosen = [.. result.Tokens.Select(token => token.Value)];
        if (Array.Find(chosen, word => Find(word, words, StringComparison.Ordinal) is null) is not { } wrong)
            return chosen;

        AddError(result, wrong, words);
        return null;
    };

    private static string? Find(string text, string[] words, StringComparison comparison) =>
        Array.Find(words, word => string.Equals(word, text, comparison));

    private static void AddError(ArgumentResult result, string wrong, string[] words) =>
        ValueError.Add(result, $"'{wrong}' is not one of: {string.Join(", ", words)}.{ClosestWord.Ask(wrong, words)}");
}
