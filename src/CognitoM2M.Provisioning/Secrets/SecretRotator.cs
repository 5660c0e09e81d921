using System.Globalization;
using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>
/// Rotates a secret. An app client has at most two secrets, and Cognito never shows the second, so an interrupted rotation could leave a secret
/// whose value nobody knows. So the rotator chooses the new secret itself, and stores it beside the old one before it adds it. After an
/// interruption, a token shows whether the second secret is this one. Any other second secret may be in use somewhere else and is not deleted.
/// </summary>
internal sealed class SecretRotator
{
    public required string UserPoolId { get; init; }

    public required ProbedClient Client { get; init; }

    public required IUserPoolService Service { get; init; }

    public required SecretDelivery Delivery { get; init; }

    public required TokenProbe Probe { get; init; }

    public required ReadinessWait Readiness { get; init; }

    public required ProgressReport Progress { get; init; }

    public required TimeProvider Time { get; init; }

    // A service asks its source for the secret every five minutes at most.
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(5);

    /// <summary>Whether the old secret stays until services have had the time to take the new one if the options say nothing else.</summary>
    public required bool WaitsByDefault { get; init; }

    /// <summary>Adds a secret, or goes on with a rotation that was interrupted.</summary>
    public async Task<SecretRotation> RotateAsync(RotationOptions options, CancellationToken cancellationToken)
    {
        var (secrets, held) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (secrets is not [var only])
            return await ResumeAsync(secrets, held, options, cancellationToken).ConfigureAwait(false);

        return await ReplaceAsync(only.ClientSecretId!, held, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the old secret of a rotation that kept it, if the new one gets a token and is old enough.</summary>
    public async Task<SecretRotation> FinishAsync(RotationOptions options, CancellationToken cancellationToken)
    {
        var (secrets, held) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (secrets is [var only] && held is { ClientSecret: { Length: > 0 } inUse })
        {
            // Apply stores the first secret without its id, because Cognito does not show the id beside the secret. A token request shows which of the two secrets it is.
            await RequireTokenAsync(inUse, cancellationToken).ConfigureAwait(false);
            return CreateResult(oldId: null, only.ClientSecretId!, isOldKept: false);
        }

        var newest = secrets[^1];
        if (held is not { ClientSecret: { Length: > 0 } value } || held.ClientSecretId != newest.ClientSecretId)
            throw RotationErrors.NotHeld(Client, newest.ClientSecretId!);
        if (options.DeleteOldSecretAfter is { } age && FindTimeLeft(newest, age) is { } left && left > TimeSpan.Zero)
            throw RotationErrors.TooYoung(Client, newest.ClientSecretId!, left);

        await RequireTokenAsync(value, cancellationToken).ConfigureAwait(false);
        return await DeleteOldAsync(secrets[0].ClientSecretId!, newest.ClientSecretId!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(IReadOnlyList<ClientSecretDescriptor> Secrets, HeldSecret? Held)> ReadAsync(CancellationToken cancellationToken)
    {
        Progress.ReportReading($"secrets of app client '{Client.Name}'");
        var secrets = await Service.ListSecretsAsync(UserPoolId, Client.ClientId, cancellationToken).ConfigureAwait(false);
        if (secrets.Count == 0)
            throw RotationErrors.NoSecret(Client);

        return (secrets, await Delivery.FindAsync(Client.Name, Client.ClientId, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Goes on with a rotation that has left two secrets.</summary>
    private async Task<SecretRotation> ResumeAsync(
        IReadOnlyList<ClientSecretDescriptor> secrets, HeldSecret? held, RotationOptions options, CancellationToken cancellationToken)
    {
        var (older, newer) = (secrets[0].ClientSecretId!, secrets[1].ClientSecretId!);

        // The new secret was stored. The token request with the new secret and the deletion of the old secret remain.
        if (held is { ClientSecret: { Length: > 0 } value } && held.ClientSecretId == newer)
            return await CompleteAsync(older, secrets[1], value, options, cancellationToken).ConfigureAwait(false);

        // The new secret was added and not stored.
        if (options.SupersededSecretId is null && held is { PendingSecret: { Length: > 0 } pending } && held.ClientSecretId == older
            && await Probe.FindProblemAsync(Client, pending, cancellationToken).ConfigureAwait(false) is null)
        {
            await Delivery.StoreAsync(Client.Name, Client.ClientId, pending, newer, UserPoolId, CancellationToken.None).ConfigureAwait(false);
            return await CompleteAsync(older, secrets[1], pending, options, cancellationToken).ConfigureAwait(false);
        }

        var superseded = options.SupersededSecretId;
        if (superseded != older && superseded != newer)
            throw RotationErrors.Ambiguous(Client, UserPoolId, older, newer, held?.ClientSecretId);

        var kept = superseded == older ? newer : older;
        if (held?.ClientSecretId == superseded)
            throw RotationErrors.InUse(Client, superseded);
        if (held is { ClientSecret: { Length: > 0 } inUse } && held.ClientSecretId == kept)
            await RequireTokenAsync(inUse, cancellationToken).ConfigureAwait(false);

        await DeleteAsync(superseded, cancellationToken).ConfigureAwait(false);
        return await ReplaceAsync(kept, held, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a second secret, and then deletes the first.</summary>
    private async Task<SecretRotation> ReplaceAsync(string oldId, HeldSecret? held, RotationOptions options, CancellationToken cancellationToken)
    {
        Progress.ReportChange($"add a secret to app client '{Client.Name}'", 0, 3);
        var chosen = NewSecret.Choose();
        await StorePendingAsync(held, oldId, chosen, cancellationToken).ConfigureAwait(false);
        var request = new AddUserPoolClientSecretRequest { UserPoolId = UserPoolId, ClientId = Client.ClientId, ClientSecret = chosen };
        var response = await Service.CallAsync(AppClientOperations.AddSecret, request, cancellationToken).ConfigureAwait(false);
        var added = response.ClientSecretDescriptor!;
        // Cognito shows a value only if Cognito has chosen it.
        var value = string.IsNullOrEmpty(added.ClientSecretValue) ? chosen : added.ClientSecretValue;
        // The cancellation of the caller does not stop this: Cognito never shows this secret again.
        await Delivery.StoreAsync(Client.Name, Client.ClientId, value, added.ClientSecretId!, UserPoolId, CancellationToken.None).ConfigureAwait(false);
        // The wait is measured by the clock of this host, so that a difference between the clocks never shortens the wait.
        var created = added with { ClientSecretCreateDate = Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 };
        return await CompleteAsync(oldId, created, value, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets a token with the new secret. Then deletes the old secret when services have had the time to take the new one.</summary>
    private async Task<SecretRotation> CompleteAsync(
        string oldId, ClientSecretDescriptor added, string value, RotationOptions options, CancellationToken cancellationToken)
    {
        Progress.ReportChange($"get a token with the new secret of app client '{Client.Name}'", 1, 3);
        await Readiness.WaitAsync([(Client, value)], options.Ready, hasNewDomain: false, cancellationToken).ConfigureAwait(false);
        if (options.KeepOldSecret)
        {
            var needed = await FindNeededTimeAsync(cancellationToken).ConfigureAwait(false);
            Progress.ReportChange("done", 3, 3);
            return CreateResult(oldId, added.ClientSecretId!, isOldKept: true) with { DeleteOldSecretAfter = needed };
        }

        var age = options.DeleteOldSecretAfter ?? await FindDefaultAgeAsync(cancellationToken).ConfigureAwait(false);
        if (FindTimeLeft(added, age) is var left && left > TimeSpan.Zero)
        {
            var end = (Time.GetUtcNow() + left).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            Progress.ReportWaiting($"services to take the new secret of app client '{Client.Name}'; the old one stays until {end} UTC", 2, 3);
            await Task.Delay(left, Time, cancellationToken).ConfigureAwait(false);
            await RequireHeldAsync(added.ClientSecretId!, cancellationToken).ConfigureAwait(false);
        }

        return await DeleteOldAsync(oldId, added.ClientSecretId!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops if another run has put another secret into the sink during the wait: services may then use the old secret.</summary>
    private async Task RequireHeldAsync(string newId, CancellationToken cancellationToken)
    {
        var held = await Delivery.FindAsync(Client.Name, Client.ClientId, cancellationToken).ConfigureAwait(false);
        if (held is not null && held.ClientSecretId != newId)
            throw RotationErrors.NotHeld(Client, newId);
    }

    private async Task<SecretRotation> DeleteOldAsync(string oldId, string newId, CancellationToken cancellationToken)
    {
        Progress.ReportChange($"delete the old secret of app client '{Client.Name}'", 2, 3);
        await DeleteAsync(oldId, cancellationToken).ConfigureAwait(false);
        Progress.ReportChange("done", 3, 3);
        return CreateResult(oldId, newId, isOldKept: false);
    }

    private async Task<TimeSpan> FindDefaultAgeAsync(CancellationToken cancellationToken) => WaitsByDefault
        ? await FindNeededTimeAsync(cancellationToken).ConfigureAwait(false)
        : TimeSpan.Zero;

    /// <summary>How long services may need the old secret: a service asks for its secret when it renews its token, and keeps the answer for the margin.</summary>
    private async Task<TimeSpan> FindNeededTimeAsync(CancellationToken cancellationToken) => _margin
        + AccessTokenLifetime.Read(await Service.DescribeAppClientAsync(UserPoolId, Client.ClientId, cancellationToken).ConfigureAwait(false));

    private TimeSpan FindTimeLeft(ClientSecretDescriptor secret, TimeSpan age) =>
        DateTimeOffset.UnixEpoch.AddSeconds(secret.ClientSecretCreateDate ?? 0) + age - Time.GetUtcNow();

    /// <summary>If the sink holds the value of the only secret, adds the id of this secret and the new secret to the sink. Otherwise does nothing.</summary>
    private async Task StorePendingAsync(HeldSecret? held, string onlyId, string pending, CancellationToken cancellationToken)
    {
        if (held is not { ClientSecret: { Length: > 0 } value })
            return;

        // A value that gets no token belongs to another secret, which was deleted.
        if (held.ClientSecretId == onlyId || await Probe.FindProblemAsync(Client, value, cancellationToken).ConfigureAwait(false) is null)
            await Delivery.StorePendingAsync(Client.Name, Client.ClientId, value, onlyId, pending, UserPoolId, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireTokenAsync(string value, CancellationToken cancellationToken)
    {
        if (await Probe.FindProblemAsync(Client, value, cancellationToken).ConfigureAwait(false) is { } problem)
            throw RotationErrors.NoToken(Client, problem);
    }

    private async Task DeleteAsync(string secretId, CancellationToken cancellationToken)
    {
        try
        {
            await Service.CallAsync(AppClientOperations.DeleteSecret, new(UserPoolId, Client.ClientId, secretId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Another caller has deleted the secret.
        }
    }

    private SecretRotation CreateResult(string? oldId, string newId, bool isOldKept) =>
        new() { ClientId = Client.ClientId, OldSecretId = oldId, NewSecretId = newId, IsOldSecretKept = isOldKept };
}
