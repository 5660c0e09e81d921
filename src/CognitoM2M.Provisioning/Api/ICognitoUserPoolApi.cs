namespace CognitoM2M.Provisioning.Api;

/// <summary>The operations of the Amazon Cognito user pools API that provisioning needs, named and shaped as on the wire.</summary>
/// <remarks>
/// <para>A refusal by the service is thrown as <see cref="CognitoProvisioningException"/>, made with
/// <see cref="CognitoProvisioningException.FromService"/>; cancellation passes through.</para>
/// <para>An implementation must repeat <see cref="CreateUserPoolAsync"/>, <see cref="CreateUserPoolClientAsync"/> and
/// <see cref="AddUserPoolClientSecretAsync"/> only after throttling: names are not unique, so a repeat after a lost answer
/// makes a duplicate. Members it does not know belong into <c>OtherMembers</c>: an update resets whatever is left out.</para>
/// </remarks>
public interface ICognitoUserPoolApi
{
    /// <summary>Creates a user pool. Names are not unique.</summary>
    Task<CreateUserPoolResponse> CreateUserPoolAsync(CreateUserPoolRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a user pool.</summary>
    Task<DescribeUserPoolResponse> DescribeUserPoolAsync(DescribeUserPoolRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the settings of a user pool; members left out return to their defaults.</summary>
    Task UpdateUserPoolAsync(UpdateUserPoolRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the user pools of the account and region, at most 60 a page.</summary>
    Task<ListUserPoolsResponse> ListUserPoolsAsync(ListUserPoolsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a user pool; refused while it has a domain or deletion protection.</summary>
    Task DeleteUserPoolAsync(DeleteUserPoolRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives a user pool a prefix domain or a custom domain.</summary>
    Task<CreateUserPoolDomainResponse> CreateUserPoolDomainAsync(CreateUserPoolDomainRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a domain. One that does not exist is answered with an empty description, or with ResourceNotFoundException.</summary>
    Task<DescribeUserPoolDomainResponse> DescribeUserPoolDomainAsync(DescribeUserPoolDomainRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the certificate and other settings of a domain.</summary>
    Task<UpdateUserPoolDomainResponse> UpdateUserPoolDomainAsync(UpdateUserPoolDomainRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes a domain from its user pool; it is gone some time after the answer.</summary>
    Task DeleteUserPoolDomainAsync(DeleteUserPoolDomainRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a resource server with its scopes.</summary>
    Task<CreateResourceServerResponse> CreateResourceServerAsync(CreateResourceServerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a resource server.</summary>
    Task<DescribeResourceServerResponse> DescribeResourceServerAsync(DescribeResourceServerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the resource servers of a pool with their scopes, at most 50 a page.</summary>
    Task<ListResourceServersResponse> ListResourceServersAsync(ListResourceServersRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the name and the whole list of scopes.</summary>
    Task<UpdateResourceServerResponse> UpdateResourceServerAsync(UpdateResourceServerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a resource server; app clients keep its scopes, which no longer work.</summary>
    Task DeleteResourceServerAsync(DeleteResourceServerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates an app client. Names are not unique.</summary>
    Task<CreateUserPoolClientResponse> CreateUserPoolClientAsync(CreateUserPoolClientRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads an app client, with its first secret.</summary>
    Task<DescribeUserPoolClientResponse> DescribeUserPoolClientAsync(DescribeUserPoolClientRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the app clients of a pool, at most 60 a page; a page may be empty and yet not be the last.</summary>
    Task<ListUserPoolClientsResponse> ListUserPoolClientsAsync(ListUserPoolClientsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the settings of an app client; members left out return to their defaults.</summary>
    Task<UpdateUserPoolClientResponse> UpdateUserPoolClientAsync(UpdateUserPoolClientRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes an app client.</summary>
    Task DeleteUserPoolClientAsync(DeleteUserPoolClientRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds a second secret; both are valid from then on.</summary>
    Task<AddUserPoolClientSecretResponse> AddUserPoolClientSecretAsync(AddUserPoolClientSecretRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the secrets of an app client, without their values.</summary>
    Task<ListUserPoolClientSecretsResponse> ListUserPoolClientSecretsAsync(ListUserPoolClientSecretsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a secret; the last one cannot be deleted.</summary>
    Task DeleteUserPoolClientSecretAsync(DeleteUserPoolClientSecretRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds tags to a user pool, or changes their values.</summary>
    Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes tags from a user pool.</summary>
    Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the tags of a user pool.</summary>
    Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Issues an access token to an app client. Unsigned: the secret is the credential.</summary>
    Task<GetClientTokenResponse> GetClientTokenAsync(GetClientTokenRequest request, CancellationToken cancellationToken = default);
}
