using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Outputs;

/// <summary>Collects what services must know of a user pool and its app clients.</summary>
internal static class OutputsBuilder
{
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="pool">The user pool.</param>
    /// <param name="customDomainTarget">The host name that the DNS record of the custom domain must point to.</param>
    /// <param name="findClientId">Finds the id of an app client by its name.</param>
    /// <param name="addresses">Knows the addresses.</param>
    public static ProvisioningOutputs Build(
        Blueprint blueprint, ProvisionedUserPool pool, string? customDomainTarget, Func<string, string> findClientId, SetupAddresses addresses) => new()
        {
            UserPoolId = pool.Id,
            Region = CognitoNames.RegionOfUserPool(pool.Id),
            Issuer = SetupAddresses.FindIssuer(pool),
            JwksUri = addresses.FindKeySet(pool),
            TokenEndpoint = addresses.FindTokenEndpoint(blueprint, pool.Id),
            CustomDomainTarget = customDomainTarget,
            AppClients = [.. blueprint.AppClients.Select(client => new AppClientOutput
            {
                Name = client.Name,
                ClientId = findClientId(client.Name),
                Route = client.Route,
                Scopes = client.Scopes,
            })],
        };
}
