using CognitoM2M.Provisioning.Api;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>The addresses that follow from a user pool's id and its domain.</summary>
internal sealed class Addresses(CognitoProvisionerOptions options)
{
    public static string Region(string userPoolId) => userPoolId.Split('_')[0];

    public static Uri Issuer(UserPool pool)
    {
        var host = pool.IssuerConfiguration?.Type == "UPDATED" ? "issuer-cognito-idp" : "cognito-idp";
        var region = Region(pool.Id!);
        return new Uri($"https://{host}.{region}.{AwsPartition.DnsSuffix(region)}/{pool.Id}");
    }

    public Uri JwksAddress(UserPool pool) => options.EmulatorAddress is { } emulator
        ? new Uri(emulator, $"/{pool.Id}/.well-known/jwks.json")
        : new Uri($"{Issuer(pool)}/.well-known/jwks.json");

    /// <summary>The token endpoint; null without a domain, or where the suffix of prefix domains is not known. The custom domain is the one that is meant when there are two.</summary>
    public Uri? TokenEndpoint(Blueprint blueprint, string userPoolId)
    {
        if (blueprint.Domain is not { } domain)
            return null;
        if (options.EmulatorAddress is { } emulator)
            return new Uri(emulator, "/oauth2/token");
        if (domain.Custom is { } custom)
            return new Uri($"https://{custom.Name}/oauth2/token");

        var region = Region(userPoolId);
        return !AwsPartition.HasKnownPrefixDomains(region) ? null
            : new Uri($"https://{domain.Prefix}.auth{(UsesFips(region) ? "-fips" : "")}.{region}.amazoncognito.com/oauth2/token");
    }

    private bool UsesFips(string region) => options.UseFips || AwsPartition.IsFipsOnly(region);
}
