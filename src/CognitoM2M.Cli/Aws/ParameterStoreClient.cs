using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SimpleSystemsManagement;
using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Aws;

/// <summary>Creates the client of Parameter Store. It lives as long as the process.</summary>
internal static class ParameterStoreClient
{
    /// <exception cref="ToolException">There is no region, or no such profile.</exception>
    public static IAmazonSimpleSystemsManagement Create(AwsSettings settings)
    {
        // Answers hold secrets, so they are not logged.
        var config = new AmazonSimpleSystemsManagementConfig { LogResponse = false };
        config.SetWebProxy(new EnvironmentProxy());
        if (settings.UseFips)
            config.UseFIPSEndpoint = true;
        var region = settings.Region ?? FindRegionOfProfile(settings.Profile);
        if (settings.Profile is { } profile)
            config.Profile = new Profile(profile);
        // In the SDK, setting the region clears the address.
        if (settings.ParameterStoreUrl is { } address)
            (config.ServiceURL, config.AuthenticationRegion) = (address.AbsoluteUri, region ?? AwsSettings.EmulatedRegion);
        else if (region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);

        try
        {
            return settings.ParameterStoreUrl is { } url && AwsSettings.IsEmulator(url) && !settings.HasCredentials
                ? new AmazonSimpleSystemsManagementClient(AwsSettings.CreateInventedCredentials(), config)
                : new AmazonSimpleSystemsManagementClient(config);
        }
        catch (AmazonClientException)
        {
            throw new ToolException(ExitCode.Usage, "The region of Parameter Store is not known. Give --region, set AWS_REGION, or choose a profile that has a region.");
        }
    }

    /// <summary>The SDK reads only the region of the profile that AWS_PROFILE names.</summary>
    private static string? FindRegionOfProfile(string? name)
    {
        if (name is null)
            return null;

        return new CredentialProfileStoreChain().TryGetProfile(name, out var profile)
            ? profile.Region?.SystemName
            : throw new ToolException(ExitCode.Usage, $"There is no AWS profile '{name}'. Check the name in ~/.aws/config.");
    }
}
