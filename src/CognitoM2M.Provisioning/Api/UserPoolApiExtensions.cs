using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Api;

/// <summary>Questions to which the service has more than one form of answer.</summary>
internal static class UserPoolApiExtensions
{
    /// <summary>A domain; null if there is none. The service says so with an empty description, or with an error.</summary>
    public static async Task<DomainDescription?> FindDomainAsync(this ICognitoUserPoolApi api, string name, CancellationToken cancellationToken)
    {
        try
        {
            var response = await api.DescribeUserPoolDomainAsync(new(name), cancellationToken).ConfigureAwait(false);
            return string.IsNullOrEmpty(response.DomainDescription?.Status) ? null : response.DomainDescription;
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return null;
        }
    }

    /// <summary>The secrets of an app client, the oldest first; none for a public client, for which the service may refuse to answer.</summary>
    public static async Task<IReadOnlyList<ClientSecretDescriptor>> ListSecretsAsync(
        this ICognitoUserPoolApi api, string userPoolId, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var secrets = new List<ClientSecretDescriptor>();
            string? next = null;
            do
            {
                var page = await api.ListUserPoolClientSecretsAsync(new(userPoolId, clientId, next), cancellationToken).ConfigureAwait(false);
                secrets.AddRange(page.ClientSecrets ?? []);
                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next));

            return [.. secrets.OrderBy(secret => secret.ClientSecretCreateDate).ThenBy(secret => secret.ClientSecretId, StringComparer.Ordinal)];
        }
        catch (CognitoProvisioningException e) when (e.ErrorCode == ServiceErrors.InvalidParameter)
        {
            return [];
        }
    }
}
