using System.Reflection;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>What the SDK must know of the service and of the user's settings.</summary>
internal sealed class AwsServiceConfig : ClientConfig
{
    public const string ServiceName = "cognito-idp";
    public const string ApiVersion = "2016-04-18";

    private AwsServiceConfig()
        : base(new DefaultConfigurationProvider(DefaultConfigurations()))
    {
        // The SDK derives AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER, and the key of the same meaning in profiles, from this id.
        ServiceId = "Cognito Identity Provider";
        AuthenticationServiceName = ServiceName;
        EndpointProvider = new AwsEndpointProvider(this);
        // Without this the SDK sends requests to an emulator on this machine through the proxy of the environment.
        SetWebProxy(new EnvironmentProxy());
    }

    public TimeSpan LongestBackOff { get; private init; }

    public override string ServiceVersion => ApiVersion;

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("Cognito Identity Provider", FindVersion());

    public override string RegionEndpointServiceName => ServiceName;

    /// <summary>Checks the settings, and finds missing settings where AWS tools find them (environment variables and profiles).</summary>
    /// <exception cref="CognitoProvisioningException">The settings contradict each other.</exception>
    public static AwsServiceConfig Create(CognitoProvisionerOptions options)
    {
        var givenAddress = options.EndpointUrl ?? options.EmulatorAddress;
        if (options.Region is { } region && !AwsPartition.IsRegionCode(region))
            throw AwsFailures.CreateForSettings($"'{region}' is not a region code. Use a code such as eu-west-1.");
        foreach (var host in options.PlainHttpHosts ?? [])
        {
            if (HostEntry.FindError(host) is { } hostError)
                throw AwsFailures.CreateForSettings($"{nameof(options.PlainHttpHosts)}: '{host}' {hostError}");
        }

        if (givenAddress is { IsAbsoluteUri: false })
            throw AwsFailures.CreateForSettings($"The address '{givenAddress}' is not absolute. Use an address such as https://cognito-idp.example.com/.");

        var config = new AwsServiceConfig { Timeout = options.RequestTimeout, LogResponse = false, LongestBackOff = options.LongestBackOff };
        if (options.Profile is not null)
            config.Profile = new Profile(options.Profile);
        if (options.UseFips is { } useFips)
            config.UseFIPSEndpoint = useFips;
        if (options.UseDualStack is { } useDualStack)
            config.UseDualstackEndpoint = useDualStack;

        // Read the profile even if the region is known, so that a misspelt profile is an error of the settings.
        var regionOfProfile = FindRegionOfProfile(options.Profile);
        var regionName = options.Region ?? regionOfProfile;

        // In the SDK, setting the region clears the address. So read the configured address before the region is set.
        if ((givenAddress?.AbsoluteUri ?? config.ServiceURL) is { } address)
            UseAddress(config, address, regionName, options.PlainHttpHosts ?? []);
        else if (regionName is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(regionName);

        return config;
    }

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(ServiceAddress.Find(this));

    /// <summary>The version of the package, such as 0.2.0, without the commit. The assembly version has the first number alone.</summary>
    private static string FindVersion() =>
        typeof(AwsServiceConfig).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static IEnumerable<IDefaultConfiguration> DefaultConfigurations() =>
        Enum.GetValues<DefaultConfigurationMode>().Select(mode => new DefaultConfiguration { Name = mode, RetryMode = RequestRetryMode.Standard });

    /// <summary>The region of the profile in the options. The SDK reads only the region of the profile that AWS_PROFILE names.</summary>
    private static string? FindRegionOfProfile(string? name)
    {
        if (name is null)
            return null;
        if (!new CredentialProfileStoreChain().TryGetProfile(name, out var profile))
            throw AwsFailures.CreateForSettings($"There is no AWS profile '{name}'. Check the name in ~/.aws/config.");

        return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_REGION")) ? profile.Region?.SystemName : null;
    }

    private static void UseAddress(AwsServiceConfig config, string address, string? region, IList<string> plainHttpHosts)
    {
        // Answers hold client secrets, and requests can hold them, too.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed))
            throw AwsFailures.CreateForSettings("The configured address of the user pools API is not absolute. Use an address such as https://cognito-idp.example.com/.");
        if (WebAddress.FindError(parsed, new PlainHttpHosts(plainHttpHosts), nameof(CognitoProvisionerOptions.PlainHttpHosts)) is { } problem)
            throw AwsFailures.CreateForSettings($"The address {parsed.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)} {problem}");
        if (config.UseFIPSEndpoint || config.UseDualstackEndpoint)
            throw AwsFailures.CreateForSettings($"FIPS and dual stack have no effect at a given address ({address}). Remove either the address or FIPS and dual stack.");

        // An emulator creates user pools in the region that a request is signed for, and its own default is eu-west-1.
        var isEmulator = parsed.IsLoopback || parsed.Scheme == Uri.UriSchemeHttp;
        var signingRegion = region ?? config.RegionEndpoint?.SystemName ?? FallbackRegionFactory.GetRegionEndpoint(false)?.SystemName
            ?? (isEmulator ? "eu-west-1" : "us-east-1");
        config.ServiceURL = address;
        config.AuthenticationRegion = signingRegion;
    }
}
