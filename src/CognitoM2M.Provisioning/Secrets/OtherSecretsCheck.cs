using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Stops, before anything is changed, if the sink holds secrets of other app clients under the names of the blueprint. Two blueprints that name
/// an app client alike, and one sink for both, would otherwise lose a secret that Cognito may not show again.
/// </summary>
/// <param name="service">Says whether the other app client still exists.</param>
/// <param name="delivery">Asks the sink, and learns which secrets may be replaced.</param>
/// <param name="userPoolId">The user pool of the blueprint; null if it does not exist yet.</param>
/// <param name="isEmulated">Whether the user pool is one of an emulator.</param>
internal sealed class OtherSecretsCheck(IUserPoolService service, SecretDelivery delivery, string? userPoolId, bool isEmulated)
{
    private const int MostListed = 20;

    /// <summary>Checks the app clients that secrets are stored for.</summary>
    /// <param name="clients">The app clients of the blueprint: the name; the id, or null if the app client does not exist yet; whether a new one takes its place.</param>
    /// <param name="mayReplace">Whether the caller lets the sink replace secrets of other app clients.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="CognitoProvisioningException">The sink holds secrets of other app clients.</exception>
    public async Task RunAsync(
        IEnumerable<(string Name, string? ClientId, bool IsReplaced)> clients, bool mayReplace, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var (name, clientId, isReplaced) in clients)
        {
            if (await delivery.FindOwnerAsync(name, cancellationToken).ConfigureAwait(false) is not { } owner)
                continue;

            var isOther = owner.ClientId is null || owner.ClientId != clientId;
            if (!isOther && !isReplaced)
                continue;

            if (!isOther || mayReplace || await IsGoneAsync(owner, cancellationToken).ConfigureAwait(false))
                delivery.AllowReplacement(name);
            else
                problems.Add(OtherSecret.Describe(name, owner, clientId));
        }

        if (problems.Count > 0)
            throw CreateError(problems);
    }

    /// <summary>
    /// Whether the app client of a secret was deleted, so that nobody misses the secret. On AWS this is known for the user pool of the
    /// blueprint alone: Cognito says of user pools of another account that they do not exist.
    /// </summary>
    private async Task<bool> IsGoneAsync(SecretOwner owner, CancellationToken cancellationToken)
    {
        if (owner is not { ClientId: { } id, UserPoolId: { } poolId } || owner.IsEmulated != isEmulated || !(isEmulated || poolId == userPoolId))
            return false;

        try
        {
            await service.DescribeAppClientAsync(poolId, id, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return true;
        }
    }

    private static CognitoProvisioningException CreateError(List<string> problems)
    {
        var more = problems.Count > MostListed ? $"; and {problems.Count - MostListed} more" : "";
        return new(
            ProvisioningError.Secret,
            $"Nothing was changed, because the place for the secrets holds other secrets: {string.Join("; ", problems.Take(MostListed))}{more}.",
            "Choose another place for the secrets. If nobody needs the secrets that are there now, allow the replacement (ReplaceOtherSecrets, or --replace-secrets).");
    }
}
