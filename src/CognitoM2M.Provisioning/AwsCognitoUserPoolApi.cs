using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Provisioning;

/// <summary>The user pools API, called with AWS's own credential chain, signatures, endpoints and retries.</summary>
public sealed class AwsCognitoUserPoolApi : ICognitoUserPoolApi, IDisposable
{
    private readonly UserPoolServiceClient _client;

    /// <summary>Takes its settings, all of them optional.</summary>
    /// <exception cref="CognitoProvisioningException">No region is known, or there are no credentials.</exception>
    public AwsCognitoUserPoolApi(AwsCognitoUserPoolApiOptions? options = null) => _client = UserPoolServiceClient.Create(options ?? new());

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <inheritdoc/>
    public Task<CreateUserPoolResponse> CreateUserPoolAsync(CreateUserPoolRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.CreateUserPoolRequest(), request, WireJson.Default.CreateUserPoolRequest, WireJson.Default.CreateUserPoolResponse, null, cancellationToken, answer => answer.UserPool);

    /// <inheritdoc/>
    public Task<DescribeUserPoolResponse> DescribeUserPoolAsync(DescribeUserPoolRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DescribeUserPoolRequest(), request, WireJson.Default.DescribeUserPoolRequest, WireJson.Default.DescribeUserPoolResponse, request?.UserPoolId, cancellationToken, answer => answer.UserPool);

    /// <inheritdoc/>
    public Task UpdateUserPoolAsync(UpdateUserPoolRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.UpdateUserPoolRequest(), request, WireJson.Default.UpdateUserPoolRequest, WireJson.Default.EmptyOutput, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<ListUserPoolsResponse> ListUserPoolsAsync(ListUserPoolsRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.ListUserPoolsRequest(), request, WireJson.Default.ListUserPoolsRequest, WireJson.Default.ListUserPoolsResponse, null, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteUserPoolAsync(DeleteUserPoolRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DeleteUserPoolRequest(), request, WireJson.Default.DeleteUserPoolRequest, WireJson.Default.EmptyOutput, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<CreateUserPoolDomainResponse> CreateUserPoolDomainAsync(CreateUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.CreateUserPoolDomainRequest(), request, WireJson.Default.CreateUserPoolDomainRequest, WireJson.Default.CreateUserPoolDomainResponse, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<DescribeUserPoolDomainResponse> DescribeUserPoolDomainAsync(DescribeUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DescribeUserPoolDomainRequest(), request, WireJson.Default.DescribeUserPoolDomainRequest, WireJson.Default.DescribeUserPoolDomainResponse, null, cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateUserPoolDomainResponse> UpdateUserPoolDomainAsync(UpdateUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.UpdateUserPoolDomainRequest(), request, WireJson.Default.UpdateUserPoolDomainRequest, WireJson.Default.UpdateUserPoolDomainResponse, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteUserPoolDomainAsync(DeleteUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DeleteUserPoolDomainRequest(), request, WireJson.Default.DeleteUserPoolDomainRequest, WireJson.Default.EmptyOutput, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<CreateResourceServerResponse> CreateResourceServerAsync(CreateResourceServerRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.CreateResourceServerRequest(), request, WireJson.Default.CreateResourceServerRequest, WireJson.Default.CreateResourceServerResponse, request?.UserPoolId, cancellationToken, answer => answer.ResourceServer);

    /// <inheritdoc/>
    public Task<DescribeResourceServerResponse> DescribeResourceServerAsync(DescribeResourceServerRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DescribeResourceServerRequest(), request, WireJson.Default.DescribeResourceServerRequest, WireJson.Default.DescribeResourceServerResponse, request?.UserPoolId, cancellationToken, answer => answer.ResourceServer);

    /// <inheritdoc/>
    public Task<ListResourceServersResponse> ListResourceServersAsync(ListResourceServersRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.ListResourceServersRequest(), request, WireJson.Default.ListResourceServersRequest, WireJson.Default.ListResourceServersResponse, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResourceServerResponse> UpdateResourceServerAsync(UpdateResourceServerRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.UpdateResourceServerRequest(), request, WireJson.Default.UpdateResourceServerRequest, WireJson.Default.UpdateResourceServerResponse, request?.UserPoolId, cancellationToken, answer => answer.ResourceServer);

    /// <inheritdoc/>
    public Task DeleteResourceServerAsync(DeleteResourceServerRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DeleteResourceServerRequest(), request, WireJson.Default.DeleteResourceServerRequest, WireJson.Default.EmptyOutput, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<CreateUserPoolClientResponse> CreateUserPoolClientAsync(CreateUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.CreateUserPoolClientRequest(), request, WireJson.Default.CreateUserPoolClientRequest, WireJson.Default.CreateUserPoolClientResponse, request?.UserPoolId, cancellationToken, answer => answer.UserPoolClient);

    /// <inheritdoc/>
    public Task<DescribeUserPoolClientResponse> DescribeUserPoolClientAsync(DescribeUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DescribeUserPoolClientRequest(), request, WireJson.Default.DescribeUserPoolClientRequest, WireJson.Default.DescribeUserPoolClientResponse, request?.UserPoolId, cancellationToken, answer => answer.UserPoolClient);

    /// <inheritdoc/>
    public Task<ListUserPoolClientsResponse> ListUserPoolClientsAsync(ListUserPoolClientsRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.ListUserPoolClientsRequest(), request, WireJson.Default.ListUserPoolClientsRequest, WireJson.Default.ListUserPoolClientsResponse, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateUserPoolClientResponse> UpdateUserPoolClientAsync(UpdateUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.UpdateUserPoolClientRequest(), request, WireJson.Default.UpdateUserPoolClientRequest, WireJson.Default.UpdateUserPoolClientResponse, request?.UserPoolId, cancellationToken, answer => answer.UserPoolClient);

    /// <inheritdoc/>
    public Task DeleteUserPoolClientAsync(DeleteUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DeleteUserPoolClientRequest(), request, WireJson.Default.DeleteUserPoolClientRequest, WireJson.Default.EmptyOutput, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task<AddUserPoolClientSecretResponse> AddUserPoolClientSecretAsync(AddUserPoolClientSecretRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.AddUserPoolClientSecretRequest(), request, WireJson.Default.AddUserPoolClientSecretRequest, WireJson.Default.AddUserPoolClientSecretResponse, request?.UserPoolId, cancellationToken, answer => answer.ClientSecretDescriptor);

    /// <inheritdoc/>
    public Task<ListUserPoolClientSecretsResponse> ListUserPoolClientSecretsAsync(ListUserPoolClientSecretsRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.ListUserPoolClientSecretsRequest(), request, WireJson.Default.ListUserPoolClientSecretsRequest, WireJson.Default.ListUserPoolClientSecretsResponse, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteUserPoolClientSecretAsync(DeleteUserPoolClientSecretRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.DeleteUserPoolClientSecretRequest(), request, WireJson.Default.DeleteUserPoolClientSecretRequest, WireJson.Default.EmptyOutput, request?.UserPoolId, cancellationToken);

    /// <inheritdoc/>
    public Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.TagResourceRequest(), request, WireJson.Default.TagResourceRequest, WireJson.Default.EmptyOutput, null, cancellationToken);

    /// <inheritdoc/>
    public Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.UntagResourceRequest(), request, WireJson.Default.UntagResourceRequest, WireJson.Default.EmptyOutput, null, cancellationToken);

    /// <inheritdoc/>
    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.ListTagsForResourceRequest(), request, WireJson.Default.ListTagsForResourceRequest, WireJson.Default.ListTagsForResourceResponse, null, cancellationToken);

    /// <inheritdoc/>
    public Task<GetClientTokenResponse> GetClientTokenAsync(GetClientTokenRequest request, CancellationToken cancellationToken = default) =>
        _client.CallAsync(new WireRequests.GetClientTokenRequest { Secret = request?.Secret }, request, WireJson.Default.GetClientTokenRequest, WireJson.Default.GetClientTokenResponse, null, cancellationToken);
}
