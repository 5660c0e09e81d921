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

    // Cognito may describe a domain of another account with fewer members. So one of these members is enough.
    private static bool Exists(DomainDescription description) =>
        !string.IsNullOrEmpty(description.Status) || !string.IsNullOrEmpty(description.UserPoolId) || !string.IsNullOrEmpty(description.AWSAccountId);
}
