using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Readiness;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Rotates a secret. A value is shown once and an app client has at most two, so an interrupted rotation leaves a second secret that
/// perhaps nobody knows. Which one it is follows from the id that the sink holds: noted before a secret is added, replaced when the new
/// one is stored.
/// </summary>
internal sealed class SecretRotator(
    ICognitoUserPoolApi api, SecretDelivery delivery, TokenProbe probe, ReadinessWait readiness, ProgressReport progress)
{
    public async Task<SecretRotation> RotateAsync(string userPoolId, ProbedClient client, RotationOptions options, CancellationToken cancellationToken)
    {
        await delivery.PrepareAsync(cancellationToken).ConfigureAwait(false);
        progress.Read($"secrets of app client '{client.Name}'");
        var secrets = await api.ListSecretsAsync(userPoolId, client.ClientId, cancellationToken).ConfigureAwait(false);
        var held = await delivery.FindAsync(client.Name, client.ClientId, cancellationToken).ConfigureAwait(false);

        switch (secrets.Count)
        {
            case 0:
                throw new CognitoProvisioningException(
                    ProvisioningError.Secret, $"App client '{client.Name}' has no secret that could be rotated.");
            case 1:
                await NoteIdAsync(userPoolId, client, held, secrets[0].ClientSecretId!, cancellationToken).ConfigureAwait(false);
                return await ReplaceAsync(userPoolId, client, secrets[0].ClientSecretId!, options, cancellationToken).ConfigureAwait(false);
            default:
                return await ResumeAsync(userPoolId, client, secrets, held, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SecretRotation> ResumeAsync(
        string userPoolId, ProbedClient client, IReadOnlyList<ClientSecretDescriptor> secrets, HeldSecret? held, RotationOptions options,
        CancellationToken cancellationToken)
    {
        var (older, newer) = (secrets[0].ClientSecretId!, secrets[1].ClientSecretId!);

        // Handed over already: what is left is the proof and the removal.
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
            await RequireWorkingAsync(client, inUse, cancellationToken).ConfigureAwait(false);

        await DeleteAsync(userPoolId, client, superseded, cancellationToken).ConfigureAwait(false);
        return await ReplaceAsync(userPoolId, client, kept, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a secret and goes on to remove the only one there was.</summary>
    private async Task<SecretRotation> ReplaceAsync(
        string userPoolId, ProbedClient client, string oldId, RotationOptions options, CancellationToken cancellationToken)
    {
        progress.Change($"add a secret to app client '{client.Name}'", 0, 3);
        var response = await api.AddUserPoolClientSecretAsync(new(userPoolId, client.ClientId), cancellationToken).ConfigureAwait(false);
        var (newId, value) = (response.ClientSecretDescriptor!.ClientSecretId!, response.ClientSecretDescriptor.ClientSecretValue!);
        // Whoever cancels now must not lose a secret that nobody can read again.
        await delivery.StoreAsync(client.Name, client.ClientId, value, newId, userPoolId, CancellationToken.None).ConfigureAwait(false);
        return await FinishAsync(userPoolId, client, oldId, newId, value, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the old secret once the new one has proved itself.</summary>
    private async Task<SecretRotation> FinishAsync(
        string userPoolId, ProbedClient client, string oldId, string newId, string value, RotationOptions options, CancellationToken cancellationToken)
    {
        progress.Change($"prove the new secret of app client '{client.Name}'", 1, 3);
        await readiness.WaitAsync([(client, value)], options.Ready, hasNewDomain: false, cancellationToken).ConfigureAwait(false);

        progress.Change($"remove the old secret of app client '{client.Name}'", 2, 3);
        await DeleteAsync(userPoolId, client, oldId, cancellationToken).ConfigureAwait(false);
        progress.Change("done", 3, 3);
        return new(client.ClientId, oldId, newId);
    }

    /// <summary>Without an id in the sink, an interruption after the next request could not be told from one after the hand-over.</summary>
    private async Task NoteIdAsync(string userPoolId, ProbedClient client, HeldSecret? held, string onlyId, CancellationToken cancellationToken)
    {
        if (held is not { ClientSecret: { Length: > 0 } value } || held.ClientSecretId == onlyId)
            return;

        // A value that does not work belongs to another secret, long gone.
        if (await probe.TryAsync(client, value, cancellationToken).ConfigureAwait(false) is null)
            await delivery.StoreAsync(client.Name, client.ClientId, value, onlyId, userPoolId, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireWorkingAsync(ProbedClient client, string value, CancellationToken cancellationToken)
    {
        if (await probe.TryAsync(client, value, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"App client '{client.Name}' has two secrets, and the one in use gets no token ({problem.TrimEnd('.')}), so the other is not removed.");
        }
    }

    private async Task DeleteAsync(string userPoolId, ProbedClient client, string secretId, CancellationToken cancellationToken)
    {
        try
        {
            await api.DeleteUserPoolClientSecretAsync(new(userPoolId, client.ClientId, secretId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Somebody else was faster.
        }
    }

    private static CognitoProvisioningException Ambiguous(ProbedClient client, IEnumerable<ClientSecretDescriptor> secrets) => new(
        ProvisioningError.Ambiguous,
        $"App client '{client.Name}' has two secrets already, and the sink cannot tell which of them is in use: {string.Join(", ", secrets.Select(secret => secret.ClientSecretId))}.",
        "Name the one to give up (SupersededSecretId, or --superseded-secret-id ID); the other is then rotated.");

    private static CognitoProvisioningException InUse(ProbedClient client, string secretId) => new(
        ProvisioningError.Secret, $"Secret {secretId} of app client '{client.Name}' is the one in use; it is not given up before another works.");
}
