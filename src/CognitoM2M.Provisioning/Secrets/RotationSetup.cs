using CognitoM2M.Provisioning.Outputs;
using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Finds the app client whose secret is rotated, and prepares its rotation.</summary>
internal sealed class RotationSetup(IUserPoolService service, CognitoProvisionerOptions options, SetupAddresses addresses, ProgressReport progress)
{
    public async Task<SecretRotation> RunAsync(
        Blueprint blueprint, string clientName, ISecretSink sink, RotationOptions rotation, Func<SecretRotator, Task<SecretRotation>> rotate,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        blueprint.ThrowIfInvalid();
        ChosenIds.RequireEmulator(blueprint, addresses.IsEmulator);
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        ArgumentNullException.ThrowIfNull(sink);
        var client = blueprint.AppClients.FirstOrDefault(client => client.Name == clientName) ?? throw new CognitoProvisioningException(
            ProvisioningError.NotFound, $"The blueprint has no app client '{clientName}'.", "Check the name. Names are case-sensitive.");

        if (client.Route == AppClientRoute.UserPassword)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Configuration,
                $"The app client '{clientName}' has the route UserPassword. A rotation tests the new secret by getting a token, and only a user gets a token of this route. Nothing was changed.",
                "Add the new secret with the AWS CLI (aws cognito-idp add-user-pool-client-secret), give it to the services, and delete the old secret (delete-user-pool-client-secret).");
        }

        var pool = await new UserPoolFinder(service, progress).GetForRotationAsync(blueprint.UserPool, cancellationToken).ConfigureAwait(false);
        var found = await service.FindAppClientsAsync(pool.Id!, blueprint, progress, cancellationToken).ConfigureAwait(false);
        if (blueprint.UserPool.External && client.Id is null)
            throw RotationErrors.NotProved(clientName, found.GetId(clientName), pool.Id!);

        var endpoint = addresses.FindTokenEndpoint(blueprint, pool.Id!);

        var delivery = new SecretDelivery(sink, blueprint, addresses);
        await delivery.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await new OtherSecretsCheck(service, delivery, pool.Id, addresses.IsEmulator)
            .RunAsync([(clientName, found.GetId(clientName), IsReplaced: false)], rotation.ReplaceOtherSecrets, cancellationToken).ConfigureAwait(false);

        using var probe = new TokenProbe(service, options);
        return await rotate(new SecretRotator
        {
            UserPoolId = pool.Id!,
            Client = new ProbedClient(clientName, found.GetId(clientName), client.Route, client.Scopes, endpoint),
            Service = service,
            Delivery = delivery,
            Probe = probe,
            Readiness = new ReadinessWait(probe, progress, options.TimeProvider),
            Progress = progress,
            Time = options.TimeProvider,
            WaitsByDefault = !addresses.IsEmulator,
        }).ConfigureAwait(false);
    }
}
