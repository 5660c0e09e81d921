using Amazon;
using Amazon.Runtime;
using CognitoM2M.Provisioning.Outputs;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Provisioning;

/// <content>How a provisioner is created: from settings, or from the same values as every client of the AWS SDK.</content>
public sealed partial class CognitoProvisioner
{
    private readonly CognitoProvisionerOptions _options;
    private readonly AwsUserPoolService? _aws;
    private readonly IUserPoolService _service;
    private readonly SetupAddresses _addresses;

    /// <summary>Creates a provisioner with region and credentials from the sources of the AWS tools (environment variables and profiles).</summary>
    /// <exception cref="CognitoProvisioningException">No region is known, or there are no credentials.</exception>
    public CognitoProvisioner()
        : this(new CognitoProvisionerOptions())
    {
    }

    /// <summary>Creates a provisioner for a region, with credentials from the sources of the AWS tools.</summary>
    /// <param name="region">The region.</param>
    /// <exception cref="CognitoProvisioningException">There are no credentials.</exception>
    public CognitoProvisioner(RegionEndpoint region)
        : this(new CognitoProvisionerOptions { Region = FindName(region) })
    {
    }

    /// <summary>Creates a provisioner with the given credentials, for a region from the sources of the AWS tools.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <exception cref="CognitoProvisioningException">No region is known.</exception>
    public CognitoProvisioner(AWSCredentials credentials)
        : this(new CognitoProvisionerOptions { Credentials = Require(credentials) })
    {
    }

    /// <summary>Creates a provisioner with the given credentials for a region.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="region">The region.</param>
    public CognitoProvisioner(AWSCredentials credentials, RegionEndpoint region)
        : this(new CognitoProvisionerOptions { Credentials = Require(credentials), Region = FindName(region) })
    {
    }

    /// <summary>Creates a provisioner that calls AWS, or an emulator.</summary>
    /// <param name="options">Region, credentials, endpoint, time-outs. For a setting that is left out, the sources of the AWS tools are used (environment variables and profiles).</param>
    /// <exception cref="CognitoProvisioningException">No region is known, there are no credentials, or the settings contradict each other.</exception>
    public CognitoProvisioner(CognitoProvisionerOptions options)
        : this(CreateService(options ?? throw new ArgumentNullException(nameof(options))), options)
    {
    }

    internal CognitoProvisioner(IUserPoolService service, CognitoProvisionerOptions options)
    {
        _options = options;
        _aws = service as AwsUserPoolService;
        _addresses = new SetupAddresses(options.EmulatorAddress ?? _aws?.EmulatorAddress, options.UseFips ?? _aws?.UsesFips ?? false);
        // An emulator in this process has no rate to keep below.
        _service = service is InProcessService ? service : new PacedService(service, options.TimeProvider, options.RetryTimeout, TargetsEmulator);
    }

    /// <summary>Where plans are made, without the account.</summary>
    internal PlanTarget Target => new(_aws?.Region ?? _options.Region, _aws?.Address ?? _options.EndpointUrl?.AbsoluteUri);

    /// <summary>The AWS account of the credentials; null if they do not say it.</summary>
    private async Task<string?> FindAccountAsync() => _aws is not null ? await _aws.FindAccountAsync().ConfigureAwait(false)
        : _options.Credentials is { } credentials ? await AwsUserPoolService.FindAccountAsync(credentials).ConfigureAwait(false)
        : null;

    /// <summary>Whether the user pools API is one of an emulator.</summary>
    private bool TargetsEmulator => _addresses.IsEmulator;

    /// <summary>Closes the connections to AWS.</summary>
    public void Dispose() => ((IDisposable?)_aws)?.Dispose();

    private static IUserPoolService CreateService(CognitoProvisionerOptions options) => options.CallEmulator switch
    {
        null => AwsUserPoolService.Create(options),
        { } call when options.EmulatorAddress is not null => new InProcessService(call),
        _ => throw new CognitoProvisioningException(ProvisioningError.Configuration, $"{nameof(options.CallEmulator)} needs {nameof(options.EmulatorAddress)}."),
    };

    private static AWSCredentials Require(AWSCredentials credentials) => credentials ?? throw new ArgumentNullException(nameof(credentials));

    private static string FindName(RegionEndpoint region) => (region ?? throw new ArgumentNullException(nameof(region))).SystemName;
}
