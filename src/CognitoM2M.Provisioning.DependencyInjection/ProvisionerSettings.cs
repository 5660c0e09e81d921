using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime.CredentialManagement;

namespace CognitoM2M.Provisioning.DependencyInjection;

/// <summary>Translates the options of AWS clients into settings of the provisioner.</summary>
internal static class ProvisionerSettings
{
    public static CognitoProvisionerOptions Create(AWSOptions options)
    {
        var settings = new CognitoProvisionerOptions
        {
            Region = options.Region?.SystemName ?? options.DefaultClientConfig.AuthenticationRegion,
            EndpointUrl = options.DefaultClientConfig.ServiceURL is { Length: > 0 } address ? new Uri(address) : null,
            UseFips = options.DefaultClientConfig.UseFIPSEndpoint,
            UseDualStack = options.DefaultClientConfig.UseDualstackEndpoint,
        };
        if (options.DefaultClientConfig.Timeout is { } timeout)
            settings.RequestTimeout = timeout;

        UseCredentials(settings, options);
        return settings;
    }

    /// <summary>A profile in the usual place is left to the provisioner, which also reads the region and the endpoint of the profile.</summary>
    private static void UseCredentials(CognitoProvisionerOptions settings, AWSOptions options)
    {
        if (options is { Credentials: null, SessionRoleArn: null or "", ProfilesLocation: null or "" })
        {
            settings.Profile = options.Profile;
            return;
        }

        settings.Credentials = options.GetCredentials();
        if (settings.Region is null && options is { Profile: { Length: > 0 } name, ProfilesLocation: var location }
            && new CredentialProfileStoreChain(location).TryGetProfile(name, out var profile))
        {
            settings.Region = profile.Region?.SystemName;
        }
    }
}
