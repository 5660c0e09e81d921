using System.Collections.Concurrent;
using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Keeps requests within Cognito's quotas, and is patient with others who use them up or change the same pool.</summary>
internal sealed class PacedUserPoolApi(ICognitoUserPoolApi api, TimeProvider time, TimeSpan patience) : ICognitoUserPoolApi
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, RequestWindow> _windows = new(StringComparer.Ordinal);

    public Task<CreateUserPoolResponse> CreateUserPoolAsync(CreateUserPoolRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateUserPool", () => api.CreateUserPoolAsync(request, CancellationToken.None), cancellationToken);

    public Task<DescribeUserPoolResponse> DescribeUserPoolAsync(DescribeUserPoolRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeUserPool", () => api.DescribeUserPoolAsync(request, cancellationToken), cancellationToken);

    public Task UpdateUserPoolAsync(UpdateUserPoolRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateUserPool", () => api.UpdateUserPoolAsync(request, CancellationToken.None), cancellationToken);

    public Task<ListUserPoolsResponse> ListUserPoolsAsync(ListUserPoolsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ListUserPools", () => api.ListUserPoolsAsync(request, cancellationToken), cancellationToken);

    public Task DeleteUserPoolAsync(DeleteUserPoolRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteUserPool", () => api.DeleteUserPoolAsync(request, CancellationToken.None), cancellationToken);

    public Task<CreateUserPoolDomainResponse> CreateUserPoolDomainAsync(CreateUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateUserPoolDomain", () => api.CreateUserPoolDomainAsync(request, CancellationToken.None), cancellationToken);

    public Task<DescribeUserPoolDomainResponse> DescribeUserPoolDomainAsync(DescribeUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeUserPoolDomain", () => api.DescribeUserPoolDomainAsync(request, cancellationToken), cancellationToken);

    public Task<UpdateUserPoolDomainResponse> UpdateUserPoolDomainAsync(UpdateUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateUserPoolDomain", () => api.UpdateUserPoolDomainAsync(request, CancellationToken.None), cancellationToken);

    public Task DeleteUserPoolDomainAsync(DeleteUserPoolDomainRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteUserPoolDomain", () => api.DeleteUserPoolDomainAsync(request, CancellationToken.None), cancellationToken);

    public Task<CreateResourceServerResponse> CreateResourceServerAsync(CreateResourceServerRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateResourceServer", () => api.CreateResourceServerAsync(request, CancellationToken.None), cancellationToken);

    public Task<DescribeResourceServerResponse> DescribeResourceServerAsync(DescribeResourceServerRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeResourceServer", () => api.DescribeResourceServerAsync(request, cancellationToken), cancellationToken);

    public Task<ListResourceServersResponse> ListResourceServersAsync(ListResourceServersRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ListResourceServers", () => api.ListResourceServersAsync(request, cancellationToken), cancellationToken);

    public Task<UpdateResourceServerResponse> UpdateResourceServerAsync(UpdateResourceServerRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateResourceServer", () => api.UpdateResourceServerAsync(request, CancellationToken.None), cancellationToken);

    public Task DeleteResourceServerAsync(DeleteResourceServerRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteResourceServer", () => api.DeleteResourceServerAsync(request, CancellationToken.None), cancellationToken);

    public Task<CreateUserPoolClientResponse> CreateUserPoolClientAsync(CreateUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateUserPoolClient", () => api.CreateUserPoolClientAsync(request, CancellationToken.None), cancellationToken);

    public Task<DescribeUserPoolClientResponse> DescribeUserPoolClientAsync(DescribeUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeUserPoolClient", () => api.DescribeUserPoolClientAsync(request, cancellationToken), cancellationToken);

    public Task<ListUserPoolClientsResponse> ListUserPoolClientsAsync(ListUserPoolClientsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ListUserPoolClients", () => api.ListUserPoolClientsAsync(request, cancellationToken), cancellationToken);

    public Task<UpdateUserPoolClientResponse> UpdateUserPoolClientAsync(UpdateUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateUserPoolClient", () => api.UpdateUserPoolClientAsync(request, CancellationToken.None), cancellationToken);

    public Task DeleteUserPoolClientAsync(DeleteUserPoolClientRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteUserPoolClient", () => api.DeleteUserPoolClientAsync(request, CancellationToken.None), cancellationToken);

    public Task<AddUserPoolClientSecretResponse> AddUserPoolClientSecretAsync(AddUserPoolClientSecretRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("AddUserPoolClientSecret", () => api.AddUserPoolClientSecretAsync(request, CancellationToken.None), cancellationToken);

    public Task<ListUserPoolClientSecretsResponse> ListUserPoolClientSecretsAsync(ListUserPoolClientSecretsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ListUserPoolClientSecrets", () => api.ListUserPoolClientSecretsAsync(request, cancellationToken), cancellationToken);

    public Task DeleteUserPoolClientSecretAsync(DeleteUserPoolClientSecretRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteUserPoolClientSecret", () => api.DeleteUserPoolClientSecretAsync(request, CancellationToken.None), cancellationToken);

    public Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", () => api.TagResourceAsync(request, CancellationToken.None), cancellationToken);

    public Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UntagResource", () => api.UntagResourceAsync(request, CancellationToken.None), cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ListTagsForResource", () => api.ListTagsForResourceAsync(request, cancellationToken), cancellationToken);

    public Task<GetClientTokenResponse> GetClientTokenAsync(GetClientTokenRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("GetClientToken", () => api.GetClientTokenAsync(request, cancellationToken), cancellationToken);

    private Task<bool> CallAsync(string operation, Func<Task> call, CancellationToken cancellationToken) =>
        CallAsync(
            operation,
            async () =>
            {
                await call().ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async Task<T> CallAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            try
            {
                return await PaceAsync(operation, call, cancellationToken).ConfigureAwait(false);
            }
            catch (CognitoProvisioningException e)
                when (e.Error is ProvisioningError.ConcurrentChange or ProvisioningError.Throttled && time.GetElapsedTime(startedAt) + pause <= patience)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> PaceAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var (category, perSecond, perSecondAndPool) = RequestQuotas.Of(operation);
        var shared = _windows.GetOrAdd($"category {category}", _ => new RequestWindow(perSecond, time));
        var own = _windows.GetOrAdd(operation, _ => new RequestWindow(perSecondAndPool, time));

        await shared.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await own.EnterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await call().ConfigureAwait(false);
            }
            finally
            {
                own.Exit();
            }
        }
        finally
        {
            shared.Exit();
        }
    }
}
