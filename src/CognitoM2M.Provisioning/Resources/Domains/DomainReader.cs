using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Reads domains.</summary>
internal static class DomainReader
{
    /// <summary>A domain; null if there is none. Cognito reports a missing domain with an empty description or with an error.</summary>
    public static async Task<DomainDescription?> FindDomainAsync(this IUserPoolService service, string name, CancellationToken cancellationToken)
    {
        try
        {
            var response = await service.CallAsync(DomainOperations.Describe, new(name), cancellationToken).ConfigureAwait(false);
            return response.DomainDescription is { } description && Exists(description) ? description : null;
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return null;
        }
    }

    // Of a domain in another account, Cognito may tell less than of a domain in this account. So any of these members counts.
    private static bool Exists(DomainDescription description) =>
        !string.IsNullOrEmpty(description.Status) || !string.IsNullOrEmpty(description.UserPoolId) || !string.IsNullOrEmpty(description.AWSAccountId);
}
