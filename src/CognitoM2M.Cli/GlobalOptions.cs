using System.CommandLine;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli;

/// <summary>The options of every command. The options for AWS have the names that the AWS CLI uses.</summary>
internal sealed class GlobalOptions
{
    public Option<Uri?> EndpointUrl { get; } = new("--endpoint-url")
    {
        Description = "The address of the user pools API: https, or http to loopback or to a host of --plain-http. A loopback address, or one with http, is treated as an emulator. [default: AWS_ENDPOINT_URL, or else AWS]",
        HelpName = "URL",
        Recursive = true,
        CustomParser = HttpAddress.ParseSecureAddress,
    };

    public Option<string[]?> PlainHttp { get; } = PlainHttpOption.Create();

    public Option<string?> Region { get; } = new("--region")
    {
        Description = "The region code, such as eu-west-1. [default: AWS_REGION, AWS_DEFAULT_REGION, or else the region of the profile]",
        HelpName = "REGION",
        Recursive = true,
        CustomParser = TextValue.ParseRegionCode,
    };

    public Option<string?> Profile { get; } = new("--profile")
    {
        Description = "A profile of the shared AWS configuration files. [default: AWS_PROFILE, or else the credential chain of the AWS SDK]",
        HelpName = "NAME",
        Recursive = true,
        CustomParser = TextValue.ParseName,
    };

    public Option<Dictionary<string, string>?> Variables { get; } = new("--var")
    {
        Description = "The value of ${NAME} in the blueprint. May be repeated. Not for secrets: plans show values. [default: the environment variable NAME]",
        HelpName = "NAME=VALUE",
        Recursive = true,
        CustomParser = VariableValue.Parse,
    };

    public Option<bool> Json { get; } = CreateJson();

    public void AddTo(Command command)
    {
        command.Add(EndpointUrl);
        command.Add(PlainHttp);
        command.Add(Region);
        command.Add(Profile);
        command.Add(Variables);
        command.Add(Json);
    }

    private static Option<bool> CreateJson()
    {
        var json = Flag.Create("--json", "Print one JSON document to standard output, also when the command fails.");
        json.Recursive = true;
        return json;
    }
}
