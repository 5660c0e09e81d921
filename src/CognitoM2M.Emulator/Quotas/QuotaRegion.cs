using CognitoM2M.Emulator.Pools;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Quotas;

/// <summary>Finds the region whose quotas a request uses. Cognito counts the requests of an account in each region apart.</summary>
/// <param name="userPools">The user pools.</param>
/// <param name="ownRegion">The region of requests that show no other one.</param>
internal sealed class QuotaRegion(UserPoolDirectory userPools, string ownRegion)
{
    /// <param name="signedRegion">The region of the signature; null if the request is not signed.</param>
    /// <param name="poolId">The user pool that the request names; null for none. It need not exist.</param>
    /// <param name="clientId">The app client that the request names; null for none. It need not exist.</param>
    public string Find(string? signedRegion, string? poolId, string? clientId) =>
        signedRegion ?? FindOfPool(poolId) ?? FindOfPool(userPools.FindClient(clientId)?.UserPool.Id) ?? ownRegion;

    private static string? FindOfPool(string? poolId) =>
        poolId is not null && CognitoNames.IsUserPoolId(poolId) ? CognitoNames.RegionOfUserPool(poolId) : null;
}
