using CognitoM2M.Provisioning.Outputs;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Hands secrets to a sink and turns the errors of the sink into <see cref="CognitoProvisioningException"/>.</summary>
internal sealed class SecretDelivery(ISecretSink sink, Blueprint blueprint, SetupAddresses addresses)
{
    private readonly HashSet<string> _replaceable = new(StringComparer.Ordinal);

    /// <summary>Lets the next secret of an app client replace the secret of another app client that the sink holds under the same name.</summary>
    public void AllowReplacement(string clientName) => _replaceable.Add(clientName);

    public Task PrepareAsync(CancellationToken cancellationToken) =>
        SinkCall.RunAsync("be prepared", () => sink.PrepareAsync(cancellationToken));

    /// <summary>Stores one secret of an app client.</summary>
    public Task StoreAsync(
        string clientName, string clientId, string secret, string? secretId, string userPoolId, CancellationToken cancellationToken) =>
        StoreAsync(CreateCredentials(clientName, clientId, secret, secretId, userPoolId), credentials => sink.StoreAsync(credentials, cancellationToken));

    /// <summary>Stores, beside the secret that the sink holds, the secret that a rotation is about to add.</summary>
    public Task StorePendingAsync(
        string clientName, string clientId, string secret, string secretId, string pending, string userPoolId, CancellationToken cancellationToken) =>
        RefreshAsync(CreateCredentials(clientName, clientId, secret, secretId, userPoolId) with { PendingSecret = pending }, cancellationToken);

    /// <summary>The app client whose secret the sink holds under a name; null if the sink holds none.</summary>
    public async Task<SecretOwner?> FindOwnerAsync(string clientName, CancellationToken cancellationToken)
    {
        SecretOwner? owner = null;
        await SinkCall.RunAsync($"find the owner of the secret that it holds under the name '{clientName}'", async () =>
            owner = await sink.FindOwnerAsync(clientName, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return owner;
    }

    /// <summary>The secret that the sink holds for an app client; null if the sink holds none.</summary>
    public async Task<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        HeldSecret? held = null;
        await SinkCall.RunAsync($"say which secret it holds for app client '{clientName}'", async () =>
            held = await sink.FindAsync(clientName, clientId, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return held;
    }

    /// <summary>
    /// Brings the sink up to date. A secret that the sink holds stays, and the settings beside it follow the blueprint. A secret that the sink
    /// lacks is stored if Cognito shows it. If a rotation stores another secret meanwhile, that secret stays.
    /// </summary>
    /// <returns>Whether the sink holds a secret of the client now; and the secret, if it can be read from the sink or from Cognito.</returns>
    public async Task<(bool IsHeld, string? Secret)> CompleteAsync(ProvisionedAppClient client, string userPoolId, CancellationToken cancellationToken)
    {
        var held = await FindAsync(client.Name, client.ClientId, cancellationToken).ConfigureAwait(false);
        var secret = held is null ? client.Secret : held.ClientSecret;
        if (string.IsNullOrEmpty(secret) && AppClientSecrecy.MayLackSecret(FindClient(client.Name)))
            await StoreUserAsync(CreateUser(client.Name, client.ClientId, userPoolId), cancellationToken).ConfigureAwait(false);
        else if (!string.IsNullOrEmpty(secret))
            await RefreshAsync(CreateCredentials(client.Name, client.ClientId, secret, held?.ClientSecretId, userPoolId), cancellationToken).ConfigureAwait(false);

        return (held is not null || !string.IsNullOrEmpty(secret), string.IsNullOrEmpty(secret) ? client.Secret : secret);
    }

    /// <summary>What a service needs beside user name and password to sign in as a technical user.</summary>
    public UserCredentials CreateUser(string clientName, string clientId, string userPoolId) => new()
    {
        ClientName = clientName,
        ClientId = clientId,
        UserPoolId = userPoolId,
        Region = CognitoNames.RegionOfUserPool(userPoolId),
        UseFips = addresses.UsesFips,
        TokenEndpoint = addresses.EmulatorAddress,
        MayReplaceOther = _replaceable.Contains(clientName),
    };

    /// <summary>Stores the settings, and the user name and the password if there are any.</summary>
    public Task StoreUserAsync(UserCredentials user, CancellationToken cancellationToken) => SinkCall.RunAsync(
        user.Password is null ? $"store the settings of app client '{user.ClientName}'" : $"store the password of user '{user.Username}'",
        () => sink.StoreUserAsync(user, cancellationToken));

    /// <summary>Stores a secret unless the sink holds another one of the app client by now.</summary>
    private Task RefreshAsync(AppClientCredentials wanted, CancellationToken cancellationToken) =>
        StoreAsync(wanted, credentials => sink.RefreshAsync(credentials, cancellationToken));

    private async Task StoreAsync(AppClientCredentials credentials, Func<AppClientCredentials, ValueTask> store)
    {
        await SinkCall.RunAsync($"store the secret of app client '{credentials.ClientName}'", () => store(credentials)).ConfigureAwait(false);
        // This run may replace a secret that it has stored itself: another run may have created the app client that stays.
        _replaceable.Add(credentials.ClientName);
    }

    private AppClientCredentials CreateCredentials(string clientName, string clientId, string secret, string? secretId, string userPoolId)
    {
        var client = FindClient(clientName);
        var usesTokenEndpoint = AppClientFlows.UsesTokenEndpoint(client);
        return new()
        {
            ClientName = clientName,
            ClientId = clientId,
            ClientSecret = secret,
            ClientSecretId = secretId,
            UserPoolId = userPoolId,
            MayReplaceOther = _replaceable.Contains(clientName),
            Route = client.Route,
            Region = CognitoNames.RegionOfUserPool(userPoolId),
            Domain = usesTokenEndpoint ? blueprint.Domain?.Custom?.Name ?? blueprint.Domain?.Prefix : null,
            UseFips = addresses.UsesFips,
            TokenEndpoint = addresses.EmulatorAddress is null ? null
                : usesTokenEndpoint ? addresses.FindTokenEndpoint(blueprint, userPoolId)
                : addresses.EmulatorAddress,
            Scopes = client.Scopes,
        };
    }

    private AppClientBlueprint FindClient(string clientName) => blueprint.AppClients.First(client => client.Name == clientName);
}
