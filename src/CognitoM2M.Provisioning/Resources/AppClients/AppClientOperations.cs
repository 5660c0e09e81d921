using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>The operations on app clients and their secrets.</summary>
internal static class AppClientOperations
{
    public static Operation<CreateUserPoolClientRequest, CreateUserPoolClientResponse> Create { get; } =
        new("CreateUserPoolClient", AppClientJson.Default.CreateUserPoolClientRequest, AppClientJson.Default.CreateUserPoolClientResponse)
        {
            IsChange = true,
            RepeatMakesDuplicate = true,
            Result = answer => answer.UserPoolClient,
            LimitReached = "The user pool has as many app clients as its quota allows (1,000 by default).",
        };

    /// <summary>Reads an app client, with its first secret in clear text.</summary>
    public static Operation<DescribeUserPoolClientRequest, DescribeUserPoolClientResponse> Describe { get; } =
        new("DescribeUserPoolClient", AppClientJson.Default.DescribeUserPoolClientRequest, AppClientJson.Default.DescribeUserPoolClientResponse)
        {
            Result = answer => answer.UserPoolClient,
        };

    /// <summary>Lists the app clients of a user pool, at most 60 a page.</summary>
    public static Operation<ListUserPoolClientsRequest, ListUserPoolClientsResponse> List { get; } =
        new("ListUserPoolClients", AppClientJson.Default.ListUserPoolClientsRequest, AppClientJson.Default.ListUserPoolClientsResponse);

    /// <summary>Replaces the settings of an app client. Settings that are left out return to their defaults.</summary>
    public static Operation<UpdateUserPoolClientRequest, UpdateUserPoolClientResponse> Update { get; } =
        new("UpdateUserPoolClient", AppClientJson.Default.UpdateUserPoolClientRequest, AppClientJson.Default.UpdateUserPoolClientResponse)
        {
            IsChange = true,
            Result = answer => answer.UserPoolClient,
        };

    public static Operation<DeleteUserPoolClientRequest, NoOutput> Delete { get; } =
        new("DeleteUserPoolClient", AppClientJson.Default.DeleteUserPoolClientRequest, output: null) { IsChange = true };

    /// <summary>Adds a second secret. Both secrets are valid from then on.</summary>
    public static Operation<AddUserPoolClientSecretRequest, AddUserPoolClientSecretResponse> AddSecret { get; } =
        new("AddUserPoolClientSecret", ClientSecretJson.Default.AddUserPoolClientSecretRequest, ClientSecretJson.Default.AddUserPoolClientSecretResponse)
        {
            IsChange = true,
            RepeatMakesDuplicate = true,
            Result = answer => answer.ClientSecretDescriptor,
            LimitReached = "An app client has at most two secrets.",
        };

    /// <summary>Lists the secrets of an app client, without their values.</summary>
    public static Operation<ListUserPoolClientSecretsRequest, ListUserPoolClientSecretsResponse> ListSecrets { get; } =
        new("ListUserPoolClientSecrets", ClientSecretJson.Default.ListUserPoolClientSecretsRequest, ClientSecretJson.Default.ListUserPoolClientSecretsResponse);

    /// <summary>Deletes a secret. Cognito refuses to delete the last one.</summary>
    public static Operation<DeleteUserPoolClientSecretRequest, NoOutput> DeleteSecret { get; } =
        new("DeleteUserPoolClientSecret", ClientSecretJson.Default.DeleteUserPoolClientSecretRequest, output: null) { IsChange = true };

    /// <summary>Issues an access token to an app client. The secret is the credential, so IAM does not govern the operation.</summary>
    public static Operation<GetClientTokenRequest, GetClientTokenResponse> GetToken { get; } =
        new("GetClientToken", ClientSecretJson.Default.GetClientTokenRequest, ClientSecretJson.Default.GetClientTokenResponse)
        {
            IamResource = IamResource.None,
        };
}
