using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Commands of the AWS CLI that delete a resource that should not exist, such as a second app client of one name. Messages show the commands to users.</summary>
internal static class RemovalCommand
{
    public static string CreateForAppClient(string userPoolId, string clientId) =>
        $"aws cognito-idp delete-user-pool-client --user-pool-id {userPoolId} --client-id {clientId} --region {CognitoNames.RegionOfUserPool(userPoolId)}";

    public static string CreateForSecret(string userPoolId, string clientId, string secretId) =>
        $"aws cognito-idp delete-user-pool-client-secret --user-pool-id {userPoolId} --client-id {clientId} --client-secret-id {secretId} --region {CognitoNames.RegionOfUserPool(userPoolId)}";

    public static string CreateForUser(string userPoolId, string username) =>
        $"aws cognito-idp admin-delete-user --user-pool-id {userPoolId} --username {Quote(username)} --region {CognitoNames.RegionOfUserPool(userPoolId)}";

    /// <param name="userPoolId">The user pool.</param>
    /// <param name="domains">The domains of the user pool. Cognito deletes no user pool that has a domain.</param>
    public static string CreateForUserPool(string userPoolId, params IEnumerable<string?> domains)
    {
        var region = CognitoNames.RegionOfUserPool(userPoolId);
        return string.Join("; ", [
            .. domains.OfType<string>().Select(domain => $"aws cognito-idp delete-user-pool-domain --user-pool-id {userPoolId} --domain {domain} --region {region}"),
            $"aws cognito-idp delete-user-pool --user-pool-id {userPoolId} --region {region}",
        ]);
    }

    private static string Quote(string name) =>
        name.All(character => char.IsAsciiLetterOrDigit(character) || "-_.@+".Contains(character, StringComparison.Ordinal))
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
