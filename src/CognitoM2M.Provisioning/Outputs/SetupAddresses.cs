using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Outputs;

/// <summary>The addresses that follow from a user pool and its domain.</summary>
/// <param name="emulatorAddress">The address of an emulator; null on AWS.</param>
/// <param name="usesFips">Whether FIPS host names are used.</param>
internal sealed class SetupAddresses(Uri? emulatorAddress, bool usesFips)
{
    public Uri? EmulatorAddress => emulatorAddress;

    public bool IsEmulator => emulatorAddress is not null;

    public bool UsesFips => usesFips;

    /// <summary>The <c>iss</c> of the tokens of a user pool.</summary>
    public static Uri FindIssuer(ProvisionedUserPool pool) => new(CognitoAddresses.Issuer(pool.Id, pool.HasUpdatedIssuer));

    /// <summary>The key set that verifies the tokens of a user pool.</summary>
    public Uri FindKeySet(ProvisionedUserPool pool) => emulatorAddress is null
        ? CognitoAddresses.KeySet(FindIssuer(pool).AbsoluteUri)
        : new Uri(emulatorAddress, $"/{pool.Id}/.well-known/jwks.json");

    /// <summary>
    /// The token endpoint; null without a domain, and where the suffix of prefix domains is not known. If the blueprint has two domains,
    /// the custom domain is used.
    /// </summary>
    public Uri? FindTokenEndpoint(Blueprint blueprint, string userPoolId)
    {
        if (blueprint.Domain is not { } domain)
            return null;
        if (emulatorAddress is not null)
            return new Uri(emulatorAddress, "/oauth2/token");
        if (domain.Custom is { } custom)
            return CognitoAddresses.CustomDomainTokenEndpoint(custom.Name);

        var region = CognitoNames.RegionOfUserPool(userPoolId);
        return AwsPartition.HasKnownPrefixDomains(region) ? CognitoAddresses.PrefixDomainTokenEndpoint(domain.Prefix!, region, usesFips) : null;
    }
}
