using CognitoM2M.Provisioning.Outputs;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Hands the password of a new user to a sink.</summary>
internal sealed class UserDelivery(IUserPoolService service, ISecretSink sink, SetupAddresses addresses)
{
    /// <summary>Collects the settings that are stored with the password, and checks that the sink can store the password. Runs before a user is created.</summary>
    /// <returns>The settings without user name and password.</returns>
    /// <exception cref="CognitoProvisioningException">There is no such app client, or the sink cannot store the password.</exception>
    public async Task<UserCredentials> PrepareAsync(string userPoolId, TechnicalUserOptions options, ProgressReport progress, CancellationToken cancellationToken)
    {
        await SinkCall.RunAsync("be prepared", () => sink.PrepareAsync(cancellationToken)).ConfigureAwait(false);
        var clientId = options.ClientName is { } name ? await FindClientAsync(userPoolId, name, progress, cancellationToken).ConfigureAwait(false) : null;
        if (clientId is not null && !options.ReplaceOtherSecrets)
            await RequireFreeAsync(options.ClientName!, clientId, cancellationToken).ConfigureAwait(false);

        return new()
        {
            ClientName = options.ClientName,
            ClientId = clientId,
            UserPoolId = userPoolId,
            Region = CognitoNames.RegionOfUserPool(userPoolId),
            UseFips = addresses.UsesFips,
            TokenEndpoint = addresses.EmulatorAddress,
            MayReplaceOther = options.ReplaceOtherSecrets,
        };
    }

    public Task StoreAsync(UserCredentials user) =>
        SinkCall.RunAsync($"store the password of user '{user.Username}'", () => sink.StoreUserAsync(user, CancellationToken.None));

    private async Task<string> FindClientAsync(string userPoolId, string name, ProgressReport progress, CancellationToken cancellationToken)
    {
        var all = await service.ListAppClientsAsync(userPoolId, progress, cancellationToken).ConfigureAwait(false);
        return all.Where(client => client.ClientName == name).ToList() switch
        {
            [var only] => only.ClientId!,
            [] => throw new CognitoProvisioningException(
                ProvisioningError.NotFound, $"User pool {userPoolId} has no app client '{OneLine.Show(name)}'.", "Check the name. Names are case-sensitive."),
            var several => throw new CognitoProvisioningException(
                ProvisioningError.Ambiguous,
                $"{several.Count} app clients of user pool {userPoolId} are named '{OneLine.Show(name)}': {string.Join(", ", several.Select(client => client.ClientId))}.",
                "Give each app client a name of its own."),
        };
    }

    private async Task RequireFreeAsync(string clientName, string clientId, CancellationToken cancellationToken)
    {
        SecretOwner? owner = null;
        await SinkCall.RunAsync(
            $"find the owner of the secret that it holds under the name '{clientName}'",
            async () => owner = await sink.FindOwnerAsync(clientName, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (owner is not null && owner.ClientId != clientId)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"No user was created, because the place for the password holds another secret: {OtherSecret.Describe(clientName, owner, clientId)}.",
                "Choose another place for the password. If nobody needs the secret that is there now, allow the replacement (ReplaceOtherSecrets, or --replace-secrets).");
        }
    }
}
