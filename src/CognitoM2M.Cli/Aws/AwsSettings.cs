using Amazon.Runtime;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Aws;

/// <summary>Where the user pools API is and who calls it, from options and environment variables as the AWS CLI takes them.</summary>
internal sealed record AwsSettings(Uri? EndpointUrl, string? Region, string? Profile, bool HasCredentials, bool UseFips)
{
    /// <summary>The region of an emulator that was not told one.</summary>
    public const string EmulatedRegion = "eu-west-1";

    /// <summary>The address of the emulator; null on AWS. Nobody else serves Cognito on a loopback address.</summary>
    public Uri? EmulatorAddress => EndpointUrl is { IsLoopback: true } ? EndpointUrl : null;

    /// <summary>Options win over environment variables; what neither names is left to AWS's SDK.</summary>
    public static AwsSettings From(ToolHost host, Uri? endpointUrl, string? region, string? profile)
    {
        profile ??= host.Variable("AWS_PROFILE");
        return new AwsSettings(
            endpointUrl ?? EndpointFromVariables(host),
            region ?? RegionFromVariables(host),
            profile,
            HasCredentials: profile is not null || host.Variable("AWS_ACCESS_KEY_ID") is not null,
            UseFips: bool.TryParse(host.Variable("AWS_USE_FIPS_ENDPOINT"), out var useFips) && useFips);
    }

    public AwsCognitoUserPoolApiOptions ToApiOptions() => new()
    {
        EndpointUrl = EndpointUrl,
        Region = Region ?? (EmulatorAddress is null ? null : EmulatedRegion),
        Profile = Profile,
        // An emulator takes any credentials. Without any named, it gets made-up ones rather than what the chain may find for AWS.
        Credentials = EmulatorAddress is not null && !HasCredentials ? new BasicAWSCredentials("emulator", "emulator") : null,
    };

    public CognitoProvisionerOptions ToProvisionerOptions(TimeProvider timeProvider) => new()
    {
        EmulatorAddress = EmulatorAddress,
        UseFips = UseFips,
        TimeProvider = timeProvider,
    };

    /// <summary>How to wait for tokens.</summary>
    public ReadyOptions ToReadyOptions(TimeSpan timeout) => EmulatorAddress is null
        ? new ReadyOptions { Timeout = timeout }
        // No name is looked up there, so none can be remembered as missing.
        : new ReadyOptions { Timeout = timeout, FirstLookupAfter = TimeSpan.Zero, Interval = TimeSpan.FromSeconds(1) };

    private static string? RegionFromVariables(ToolHost host) => host.Variable("AWS_REGION", "AWS_DEFAULT_REGION") switch
    {
        null => null,
        var code when AwsPartition.IsRegionCode(code) => code,
        var other => throw new ToolException(
            ExitCode.Usage, $"AWS_REGION or AWS_DEFAULT_REGION holds '{other}', which is not a region code such as eu-west-1."),
    };

    private static Uri? EndpointFromVariables(ToolHost host)
    {
        const string Service = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", AllServices = "AWS_ENDPOINT_URL";

        if (host.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is "true" || host.Variable(Service, AllServices) is not { } text)
            return null;

        return HttpAddress.TryParse(text, out var address)
            ? address
            : throw new ToolException(ExitCode.Usage, $"{Service} or {AllServices} holds {HttpAddress.Quote(text)}, which is not an http or https address without user name and password.");
    }
}
