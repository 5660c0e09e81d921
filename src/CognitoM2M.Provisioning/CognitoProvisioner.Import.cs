using CognitoM2M.Provisioning.Importing;

namespace CognitoM2M.Provisioning;

/// <content>The import of what exists.</content>
public sealed partial class CognitoProvisioner
{
    /// <summary>
    /// Reads a user pool that exists and describes it in a blueprint whose plan is empty, except for the adoption of a user pool without the
    /// tag. Changes nothing. What a blueprint cannot describe is listed.
    /// </summary>
    /// <param name="userPool">The id of the user pool, or its name.</param>
    /// <param name="options">Which app clients to take; all by default.</param>
    /// <param name="progress">Receives reports of what is being read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<ImportedBlueprint> ImportAsync(
        string userPool, ImportOptions? options = null, IProgress<ProvisioningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userPool);
        return new Importer(_service, new(progress)).ImportAsync(userPool, options ?? new(), cancellationToken);
    }
}
