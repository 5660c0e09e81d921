using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Secrets;

/// <summary>What the options that name a place in Parameter Store have in common.</summary>
internal static class ParameterStoreOptions
{
    private const string Prefix = "ssm:";

    /// <summary>The path of the parameters; null if the value does not name Parameter Store.</summary>
    public static string? FindPath(string? destination) =>
        destination is not null && destination.StartsWith(Prefix, StringComparison.Ordinal) ? destination[Prefix.Length..] : null;

    public static string? ParseDestination(ArgumentResult result)
    {
        var value = result.Tokens[0].Value;
        if (FindPath(value) is { } path && ParameterStoreNames.IsPath(path))
            return value;

        ValueError.Add(result, value.Length == 0 ? "must not be empty." : $"'{value}' does not name a path of parameters, as ssm:/PATH does. {ParameterStoreNames.PathRule}");
        return null;
    }

    public static Option<string?> CreateKmsKey() => new("--kms-key")
    {
        Description = "The id or the ARN of the KMS key that encrypts the parameters, with --secrets ssm:/PATH. [default: a parameter keeps its key; a new one gets the key of the account for Parameter Store]",
        HelpName = "KEY",
        CustomParser = ParseKmsKey,
    };

    /// <summary>Refuses a key for something else than Parameter Store.</summary>
    public static void RequirePath(Command command, Option<string?> destination, Option<string?> kmsKey) => command.Validators.Add(result =>
    {
        if (result.GetResult(kmsKey) is not null && FindPath(result.GetResult(destination) is { Tokens: [var token, ..] } ? token.Value : null) is null)
            result.AddError($"{kmsKey.Name} has no effect without {destination.Name} {Prefix}/PATH.");
    });

    private static string? ParseKmsKey(ArgumentResult result)
    {
        var value = result.Tokens[0].Value;
        if (ParameterStoreNames.IsKey(value))
            return value;

        ValueError.Add(result, value.Length == 0 ? "must not be empty." : $"'{value}' is not a KMS key. {ParameterStoreNames.KeyRule}");
        return null;
    }
}
