using System.CommandLine.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Parsers of text that must follow a rule, such as Cognito's rules for ids and names.</summary>
internal static class TextValue
{
    public static string? ParseName(ArgumentResult result) => ParseNames(result)?[0];

    public static string[]? ParseNames(ArgumentResult result) => ParseEach(result, text => !string.IsNullOrWhiteSpace(text), "must not be empty.");

    /// <summary>A name that becomes part of the name of an environment variable.</summary>
    public static string? ParseVariablePart(ArgumentResult result) => string.IsNullOrWhiteSpace(result.Tokens[0].Value)
        ? ParseName(result)
        : Parse(result, text => !text.Contains('=', StringComparison.Ordinal), "cannot be part of the name of an environment variable, because it has a '='.");

    /// <summary>The name of a user, as an argument of a command.</summary>
    public static string? ParseUsername(ArgumentResult result)
    {
        // Without this check, a misspelt option would be read as the name.
        if (result.Tokens[0].Value.StartsWith('-'))
        {
            result.AddError(UnknownWords.DescribeOption(result.Tokens[0].Value, result));
            return null;
        }

        return Parse(result, text => text.Length is > 0 and <= 128 && !text.Any(char.IsWhiteSpace), "is not the name of a user: 1 to 128 characters without white space.");
    }

    public static string? ParseRegionCode(ArgumentResult result) => Parse(result, AwsPartition.IsRegionCode, "is not a region code such as eu-west-1.");

    public static string? ParseAccountId(ArgumentResult result) =>
        Parse(result, text => text.Length == 12 && text.All(char.IsAsciiDigit), "is not an account id. An account id has 12 digits.");

    public static string? ParseUserPoolId(ArgumentResult result) =>
        Parse(result, CognitoNames.IsUserPoolId, "is not the id of a user pool such as eu-west-1_AbCdEf123.");

    public static string? ParseClientId(ArgumentResult result) => Parse(result, CognitoNames.IsClientId, ClientIdExpected);

    public static string[]? ParseClientIds(ArgumentResult result) => ParseEach(result, CognitoNames.IsClientId, ClientIdExpected);

    public static string[]? ParseScopes(ArgumentResult result) =>
        ParseEach(result, CognitoNames.IsScope, "is not a scope. Give one scope such as orders/read, and repeat the option for more.");

    public static string[]? ParseGroups(ArgumentResult result) =>
        ParseEach(result, CognitoNames.IsGroupName, "is not the name of a group: 1 to 128 characters without white space. Repeat the option for more groups.");

    public static string? ParseDomain(ArgumentResult result) => Parse(
        result, IsDomain, "is not a domain prefix or a host name. For a whole address use --token-endpoint.");

    public static string[]? ParseHostNames(ArgumentResult result) =>
        ParseEach(result, text => Uri.CheckHostName(text) != UriHostNameType.Unknown, "is not a host name. Give a name such as cognito, without scheme, port and path.");

    private const string ClientIdExpected = "is not the id of an app client. A client id has 1 to 128 letters, digits, _ and +.";

    private static bool IsDomain(string text) => text.Contains('.', StringComparison.Ordinal)
        ? Uri.CheckHostName(text) == UriHostNameType.Dns
        : CognitoNames.IsDomainPrefix(text);

    private static string? Parse(ArgumentResult result, Func<string, bool> isValid, string problem) => ParseEach(result, isValid, problem)?[0];

    private static string[]? ParseEach(ArgumentResult result, Func<string, bool> isValid, string problem)
    {
        string[] texts = [.. result.Tokens.Select(token => token.Value)];
        if (Array.Find(texts, text => !isValid(text)) is not { } wrong)
            return texts;

        ValueError.Add(result, wrong.Length == 0 ? "must not be empty." : $"'{wrong}' {problem}");
        return null;
    }
}
