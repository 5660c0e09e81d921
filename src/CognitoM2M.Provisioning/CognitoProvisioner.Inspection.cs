using CognitoM2M.Provisioning.Inspection;

namespace CognitoM2M.Provisioning;

/// <content>Looks at a single app client, its domain and its user pool, without a blueprint.</content>
public sealed partial class CognitoProvisioner
{
    /// <summary>Reads what Cognito holds about a domain, a user pool and an app client. Changes nothing and costs nothing.</summary>
    /// <param name="request">What to read. Neither the user pool nor the app client needs to exist.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CognitoProvisioningException">Cognito did not answer, or refused to show something.</exception>
    public Task<SetupInspection> InspectAsync(InspectionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SetupInspector(_service).InspectAsync(request, cancellationToken);
    }
}
