using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Hands secrets to a sink, and says which are not known any more.</summary>
internal sealed class SecretDelivery(ISecretSink sink, Blueprint blueprint, CognitoProvisionerOptions options)
{
    private readonly Addresses _addresses = new(options);

    public Task PrepareAsync(CancellationToken cancellationToken) =>
        GuardAsync("be prepared", () => sink.PrepareAsync(cancellationToken));

    /// <summary>Stores one secret of an app client.</summary>
    public Task StoreAsync(
        string clientName, string clientId, string secret, string? secretId, string userPoolId, CancellationToken cancellationToken) =>
        GuardAsync($"store the secret of app client '{clientName}'", () =>
            sink.StoreAsync(Credentials(clientName, clientId, secret, secretId, userPoolId), cancellationToken));

    public async Task<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        HeldSecret? held = null;
        await GuardAsync($"say what it holds for app client '{clientName}'", async () =>
            held = await sink.FindAsync(clientName, clientId, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return held;
    }

    /// <summary>
    /// Makes the sink complete: a secret it holds is stored again, so that what stands beside it follows the blueprint; one that it
    /// lacks is stored if Cognito has shown it.
    /// </summary>
    /// <returns>Whether the sink holds a secret of the client now, and the secret if it can be read anywhere.</returns>
    public async Task<(bool IsHeld, string? Secret)> CompleteAsync(string clientName, AppClientSecret known, string userPoolId, CancellationToken cancellationToken)
    {
        var held = await FindAsync(clientName, known.ClientId, cancellationToken).ConfigureAwait(false);
        var secret = held is null ? known.Secret : held.ClientSecret;
        if (!string.IsNullOrEmpty(secret))
            await StoreAsync(clientName, known.ClientId, secret, held?.ClientSecretId, userPoolId, cancellationToken).ConfigureAwait(false);

        return (held is not null || !string.IsNullOrEmpty(secret), string.IsNullOrEmpty(secret) ? known.Secret : secret);
    }

    private AppClientCredentials Credentials(string clientName, string clientId, string secret, string? secretId, string userPoolId)
    {
        var client = blueprint.AppClients.First(client => client.Name == clientName);
        var region = Addresses.Region(userPoolId);
        var usesTokenEndpoint = client.Route != AppClientRoute.GetClientToken;
        return new()
        {
            ClientName = clientName,
            ClientId = clientId,
            ClientSecret = secret,
            ClientSecretId = secretId,
            Route = client.Route,
            Region = region,
            Domain = usesTokenEndpoint ? blueprint.Domain?.Custom?.Name ?? blueprint.Domain?.Prefix : null,
            UseFips = options.UseFips,
            TokenEndpoint = options.EmulatorAddress is null ? null
                : usesTokenEndpoint ? _addresses.TokenEndpoint(blueprint, userPoolId)
                : options.EmulatorAddress,
            Scopes = client.Scopes,
        };
    }

    private static async Task GuardAsync(string what, Func<ValueTask> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException and not CognitoProvisioningException)
        {
            throw new CognitoProvisioningException(ProvisioningError.Secret, $"The sink for secrets could not {what}: {e.Message}", hint: null, e);
        }
    }
}
