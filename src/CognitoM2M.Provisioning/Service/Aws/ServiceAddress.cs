using Amazon.Runtime;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>The address of the user pools API.</summary>
internal static class ServiceAddress
{
    private static readonly string[] _fipsWithoutDualStack = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

    /// <summary>The configured address, or else the address in the configured region.</summary>
    public static string Find(IClientConfig config) =>
        string.IsNullOrEmpty(config.ServiceURL)
            ? Find(config.RegionEndpoint.SystemName, config.UseFIPSEndpoint, config.UseDualstackEndpoint)
            : config.ServiceURL;

    /// <summary>Whether an address can only be an emulator, because AWS serves neither loopback addresses nor plain http.</summary>
    public static bool IsEmulator(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.IsLoopback || uri.Scheme == Uri.UriSchemeHttp);

    /// <summary>The address in a region.</summary>
    public static string Find(string region, bool useFips, bool useDualStack)
    {
        var fips = useFips || AwsPartition.IsFipsOnly(region);
        if (!useDualStack || (fips && _fipsWithoutDualStack.Contains(region, StringComparer.Ordinal)))
            return CognitoAddresses.Service(region, useFips).AbsoluteUri;

        return $"https://cognito-idp{(fips ? "-fips" : "")}.{region}.{Fn.Partition(region).dualStackDnsSuffix}/";
    }
}
