using Amazon.Runtime;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>The address of the user pools API in a region.</summary>
internal static class ServiceAddress
{
    private static readonly string[] _fipsWithoutDualStack = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

    public static string For(IClientConfig config) =>
        string.IsNullOrEmpty(config.ServiceURL)
            ? For(config.RegionEndpoint.SystemName, config.UseFIPSEndpoint, config.UseDualstackEndpoint)
            : config.ServiceURL;

    public static string For(string region, bool useFips, bool useDualStack)
    {
        var fips = useFips || AwsPartition.IsFipsOnly(region);
        var dualStack = useDualStack && !(fips && _fipsWithoutDualStack.Contains(region, StringComparer.Ordinal));
        var partition = Fn.Partition(region);
        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return $"https://cognito-idp{(fips ? "-fips" : "")}.{region}.{suffix}/";
    }
}
