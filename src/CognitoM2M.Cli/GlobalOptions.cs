using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli;

/// <summary>The options that every command takes; those for AWS are named as in the AWS CLI.</summary>
internal sealed class GlobalOptions
{
    public Option<Uri?> EndpointUrl { get; } = new("--endpoint-url")
    {
        Description = "The address of the service; a loopback address is taken for an emulator. [default: AWS_ENDPOINT_URL, else AWS]",
        HelpName = "URL",
        Recursive = true,
        CustomParser = ParseHttpAddress,
    };

    public Option<string?> Region { get; } = new("--region")
    {
        Description = "The region code. [default: AWS_REGION, AWS_DEFAULT_REGION, else that of the profile]",
        HelpName = "REGION",
        Recursive = true,
        CustomParser = ParseRegionCode,
    };

    public Option<string?> Profile { get; } = new("--profile")
    {
        Description = "The profile of the shared AWS configuration. [default: AWS_PROFILE, else AWS's credential chain]",
        HelpName = "NAME",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document to standard output, also on failure.",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Add(EndpointUrl);
        command.Add(Region);
        command.Add(Profile);
        command.Add(Json);
    }

    public static Uri? ParseHttpAddress(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (HttpAddress.TryParse(text, out var address))
            return address;

        result.AddError($"{HttpAddress.Quote(text)} is not an http or https address without user name and password.");
        return null;
    }

    private static string? ParseRegionCode(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (AwsPartition.IsRegionCode(text))
            return text;

        result.AddError($"'{text}' is not a region code such as eu-west-1.");
        return null;
    }
}
