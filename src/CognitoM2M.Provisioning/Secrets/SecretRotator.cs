using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Rotates a secret. Cognito shows a value once, and an app client has at most two secrets, so an interrupted rotation can leave a second
/// secret whose value nobody knows. The id that the sink holds tells which of the two is in use: the rotator stores the id of the old secret
/// before it adds a secret, and replaces that id when it stores the new secret.
/// </summary>
internal sealed class SecretRotator(
    IUserPoolService service, SecretDelivery delivery, TokenProbe probe, ReadinessWait readiness, ProgressReport progress)
{
    public async Task<SecretRotation> RotateAsync(string userPoolId, ProbedClient client, RotationOptions options, CancellationToken cancellationToken)
    {
        await delivery.PrepareAsync(cancellationToken).ConfigureAwait(false);
        progress.ReportReading($"secrets of app client '{client.Name}'");
        var secrets = await service.ListSecretsAsync(userPoolId, client.ClientId, cancellationToken).ConfigureAwait(false);
        var held = await delivery.FindAsync(client.Name, client.ClientId, cancellationToken).ConfigureAwait(false);

        switch (secrets.Count)
        {
            case 0:
                throw new CognitoProvisioningException(
                    ProvisioningError.Secret,
                    $"App client '{client.Name}' has no secret to rotate.",
                    "Apply the blueprint. Apply replaces an app client that has no secret.");
            case 1:
                await StoreIdAsync(userPoolId, client, held, secrets[0].ClientSecretId!, cancellationToken).ConfigureAwait(false);
                return await ReplaceAsync(userPoolId, client, secrets[0].ClientSecretId!, options, cancellationToken).ConfigureAwait(false);
            default:
                return await ResumeAsync(userPoolId, client, secrets, held, options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with an interrupted rotation, which has left two secrets.</summary>
    private async Task<SecretRotation> ResumeAsync(
        string userPoolId, ProbedClient client, IReadOnlyList<ClientSecretDescriptor> secrets, HeldSecret? held, RotationOptions options,
        CancellationToken cancellationToken)
    {
        var (older, newer) = (secrets[0].ClientSecretId!, secrets[1].ClientSecretId!);

        // The new secret was stored. The proof by a token and the deletion of the old secret are left.
        if (held is { ClientSecret: { Length: > 0 } value } && held.ClientSecretId == newer)
            return await FinishAsync(userPoolId, client, older, newer, value, options, cancellationToken).ConfigureAwait(false);

        var superseded = options.SupersededSecretId;
        if (held?.ClientSecretId == older)
            superseded ??= newer;
        if (superseded != older && superseded != newer)
            throw Ambiguous(client, secrets);

        var kept = superseded == older ? newer : older;
        if (held?.ClientSecretId == superseded)
            throw InUse(client, superseded);
        if (held is { ClientSecret: { Length: > 0 } inUse } && held.ClientSecretId == kept)
            await RequireTokenAsync(client, inUse, cancellationToken).ConfigureAwait(false);

        await DeleteAsync(userPoolId, client, superseded, cancellationToken).ConfigureAwait(false);
        return await ReplaceAsync(userPoolId, client, kept, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a second secret, and then deletes the first.</summary>
    private async Task<SecretRotation> ReplaceAsync(
        string userPoolId, ProbedClient client, string oldId, RotationOptions options, CancellationToken cancellationToken)
    {
        progress.ReportChange($"add a secret to app client '{client.Name}'", 0, 3);
        var response = await service.CallAsync(AppClientOperations.AddSecret, new(userPoolId, client.ClientId), cancellationToken).ConfigureAwait(false);
        var (newId, value) = (response.ClientSecretDescriptor!.ClientSecretId!, response.ClientSecretDescriptor.ClientSecretValue!);
        // Not cancelled: Cognito never shows this secret again.
        await delivery.StoreAsync(client.Name, client.ClientId, value, newId, userPoolId, CancellationToken.None).ConfigureAwait(false);
        return await FinishAsync(userPoolId, client, oldId, newId, value, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the old secret after the new secret has got a token.</summary>
    private async Task<SecretRotation> FinishAsync(
        string userPoolId, ProbedClient client, string oldId, string newId, string value, RotationOptions options, CancellationToken cancellationToken)
    {
        progress.ReportChange($"get a token with the new secret of app client '{client.Name}'", 1, 3);
        await readiness.WaitAsync([(client, value)], options.Ready, hasNewDomain: false, cancellationToken).ConfigureAwait(false);

        progress.ReportChange($"delete the old secret of app client '{client.Name}'", 2, 3);
        await DeleteAsync(userPoolId, client, oldId, cancellationToken).ConfigureAwait(false);
        progress.ReportChange("done", 3, 3);
        return new() { ClientId = client.ClientId, OldSecretId = oldId, NewSecretId = newId };
    }

    /// <summary>
    /// Stores the id of the only secret, if the sink holds its value without the id. After an interruption, the id tells whether the new
    /// secret was stored.
    /// </summary>
    private async Task StoreIdAsync(string userPoolId, ProbedClient client, HeldSecret? held, string onlyId, CancellationToken cancellationToken)
    {
        if (held is not { ClientSecret: { Length: > 0 } value } || held.ClientSecretId == onlyId)
            return;

        // A value that gets no token belongs to another secret, which was deleted.
        if (await probe.FindProblemAsync(client, value, cancellationToken).ConfigureAwait(false) is null)
            await delivery.StoreAsync(client.Name, client.ClientId, value, onlyId, userPoolId, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireTokenAsync(ProbedClient client, string value, CancellationToken cancellationToken)
    {
        if (await probe.FindProblemAsync(client, value, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"App client '{client.Name}' has two secrets. The secret in use gets no token ({problem.TrimEnd('.')}), so the other one is not deleted.",
                "Find out why the secret in use gets no token, then rotate again.");
        }
    }

    private async Task DeleteAsync(string userPoolId, ProbedClient client, string secretId, CancellationToken cancellationToken)
    {
        try
        {
            await service.CallAsync(AppClientOperations.DeleteSecret, new(userPoolId, client.ClientId, secretId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Another caller has deleted the secret.
        }
    }

    private static CognitoProvisioningException Ambiguous(ProbedClient client, IEnumerable<ClientSecretDescriptor> secrets) => new(
        ProvisioningError.Ambiguous,
        $"App client '{client.Name}' has two secrets already, and the sink cannot tell which one is in use: {string.Join(", ", secrets.Select(secret => secret.ClientSecretId))}.",
        "Name the secret to delete (SupersededSecretId, or --superseded-secret-id ID). The other secret is then rotated.");

    private static CognitoProvisioningException InUse(ProbedClient client, string secretId) => new(
        ProvisioningError.Secret,
        $"Secret {secretId} of app client '{client.Name}' is the secret in use. It is not deleted before another secret works.",
        "Name the other secret, or none.");
}
