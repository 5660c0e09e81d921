using System.Collections.Frozen;
using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.AppClients;
using CognitoM2M.Emulator.Operations.Domains;
using CognitoM2M.Emulator.Operations.ResourceServers;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Operations.Users;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.Operations;

/// <summary>All operations that the JSON API supports.</summary>
internal static class OperationTable
{
    public static FrozenDictionary<string, JsonApiOperation> Create(
        UserPoolDirectory userPools, AccessTokenIssuer issuer, SealedText seals, DomainReachability reachability)
    {
        var paging = new Paging(seals);
        var refreshTokens = new RefreshTokens(userPools, seals);
        IEnumerable<JsonApiOperation> all =
        [
            .. new UserPoolOperations(userPools, paging).All,
            .. new DomainOperations(userPools, reachability).All,
            .. new ResourceServerOperations(userPools, paging).All,
            .. new AppClientOperations(userPools, paging).All,
            .. new ClientSecretOperations(userPools).All,
            .. new TagOperations(userPools).All,
            .. new MfaOperations(userPools).All,
            .. new UserOperations(userPools, paging).All,
            .. new UserStatusOperations(userPools).All,
            .. new GroupOperations(userPools, paging).All,
            .. new GroupMembershipOperations(userPools, paging).All,
            .. new IdentityProviderOperations(userPools, paging).All,
            .. new SignInOperations(userPools, new UserTokens(userPools, refreshTokens), refreshTokens, new NewPasswordChallenge(userPools, seals)).All,
            .. new SignOutOperations(userPools, refreshTokens).All,
            new GetClientTokenOperation(userPools, issuer).Operation,
        ];
        return all.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);
    }
}
