using Amazon.Runtime;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.ParameterStore;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Aws;

/// <summary>The address of the user pools API and the caller's identity, from the same options and environment variables as in the AWS CLI.</summary>
/// <param name="EndpointUrl">The address of the user pools API; null on AWS.</param>
/// <param name="Region">The region code; null if the AWS SDK has to find it.</param>
/// <param name="Profile">The profile; null if the AWS SDK has to find credentials.</param>
/// <param name="HasCredentials">Whether the user named credentials: a profile or an access key.</param>
/// <param name="UseFips">Whether to use FIPS host names.</param>
internal sealed record AwsSettings(Uri? EndpointUrl, string? Region, string? Profile, bool HasCredentials, bool UseFips)
{
    /// <summary>The region of an emulator if the user names none.</summary>
    public const string EmulatedRegion = "eu-west-1";

    /// <summary>The address of the emulator; null on AWS.</summary>
    public Uri? EmulatorAddress => EndpointUrl is not null && IsEmulator(EndpointUrl) ? EndpointUrl : null;

    /// <summary>The hosts that the user named because they may be called over plain http.</summary>
    public IReadOnlyList<string> PlainHttpHosts { get; private init; } = [];

    /// <summary>The address of Parameter Store; null on AWS.</summary>
    public Uri? ParameterStoreUrl { get; private init; }

    /// <summary>Reads the settings. An option overrides the environment variable. If neither is set, the AWS SDK finds the value.</summary>
    public static AwsSettings Read(ToolHost host, Uri? endpointUrl, string? region, string? profile, IReadOnlyList<string> plainHttpHosts)
    {
        profile ??= host.FindValue("AWS_PROFILE");
        endpointUrl ??= ReadEndpointUrl(host, plainHttpHosts, "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "AWS_ENDPOINT_URL");
        return new AwsSettings(
            endpointUrl,
            region ?? ReadRegion(host),
            profile,
            HasCredentials: profile is not null || host.FindValue("AWS_ACCESS_KEY_ID") is not null,
            UseFips: bool.TryParse(host.FindValue("AWS_USE_FIPS_ENDPOINT"), out var useFips) && useFips)
        {
            // The secrets of an emulator do not belong into Parameter Store on AWS.
            ParameterStoreUrl = ReadEndpointUrl(host, plainHttpHosts, "AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL")
                ?? (endpointUrl is not null && IsEmulator(endpointUrl) ? endpointUrl : null),
            PlainHttpHosts = plainHttpHosts,
        };
    }

    public CognitoProvisionerOptions CreateProvisionerOptions(TimeProvider timeProvider) => new()
    {
        EndpointUrl = EndpointUrl,
        EmulatorAddress = EmulatorAddress,
        PlainHttpHosts = [.. PlainHttpHosts],
        Region = Region ?? (EmulatorAddress is null ? null : EmulatedRegion),
        Profile = Profile,
        // An emulator accepts any credentials. If the user named none, invented ones keep real AWS credentials from being sent to it.
        Credentials = EmulatorAddress is not null && !HasCredentials ? CreateInventedCredentials() : null,
        UseFips = UseFips ? true : null,
        TimeProvider = timeProvider,
    };

    /// <summary>Stores secrets in Parameter Store, with the same region and credentials.</summary>
    /// <param name="path">The path of the parameters.</param>
    /// <param name="kmsKey">The key that encrypts them; null for the key of the account.</param>
    /// <exception cref="ToolException">There is no region, or no such profile.</exception>
    public ISecretSink CreateParameterStoreSink(string path, string? kmsKey) =>
        new SsmParameterSecretSink(ParameterStoreClient.Create(this), path, kmsKey);

    /// <summary>Whether an address can only be an emulator, because AWS serves neither loopback addresses nor plain http.</summary>
    public static bool IsEmulator(Uri address) => address.IsLoopback || address.Scheme == Uri.UriSchemeHttp;

    /// <summary>Credentials that keep real ones from being sent to an emulator.</summary>
    public static AWSCredentials CreateInventedCredentials() => new BasicAWSCredentials("emulator", "emulator");

    /// <summary>How to wait until app clients get tokens.</summary>
    public ReadyOptions CreateReadyOptions(TimeSpan timeout) => EmulatorAddress is null
        ? new ReadyOptions { Timeout = timeout }
        // An emulator needs no DNS look-up, so no resolver can remember that the name was missing.
        : new ReadyOptions { Timeout = timeout, FirstLookupAfter = TimeSpan.Zero, Interval = TimeSpan.FromSeconds(1) };

    private static string? ReadRegion(ToolHost host)
    {
        if (host.FindVariable("AWS_REGION", "AWS_DEFAULT_REGION") is not { } variable)
            return null;

        return AwsPartition.IsRegionCode(variable.Value)
            ? variable.Value
            : throw new ToolException(ExitCode.Usage, $"{variable.Key}: '{variable.Value}' is not a region code such as eu-west-1.");
    }

    private static Uri? ReadEndpointUrl(ToolHost host, IReadOnlyList<string> plainHttpHosts, params ReadOnlySpan<string> names)
    {
        if (host.FindValue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is "true"
            || host.FindVariable(names) is not { } variable)
        {
            return null;
        }

        return HttpAddress.FindSecureError(variable.Value, plainHttpHosts, out var address) is { } problem
            ? throw new ToolException(ExitCode.Usage, $"{variable.Key}: {problem}")
            : address;
    }
}
