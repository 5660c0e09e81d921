using CognitoM2M.Provisioning.Outputs;
using CognitoM2M.Provisioning.Readiness;
using CognitoM2M.Provisioning.Secrets;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Applying;

/// <summary>What an apply does after the last step: looks for other runs, stores secrets, collects the outputs and waits for tokens.</summary>
internal sealed class ApplyEnd(PlanRun run, Blueprint blueprint, ApplyOptions options, SecretDelivery? delivery, SetupAddresses addresses)
{
    public async Task<ProvisioningOutputs> RunAsync(CancellationToken cancellationToken)
    {
        await OverlapCheck.RunAsync(run, blueprint, cancellationToken).ConfigureAwait(false);
        var secrets = await SecretCompletion.RunAsync(run, blueprint, delivery, cancellationToken).ConfigureAwait(false);
        OverlapReport.ThrowIfAny(run.Overlaps);

        var outputs = OutputsBuilder.Build(blueprint, run.UserPool!, run.CustomDomainTarget, name => run.AppClients[name].ClientId, addresses);
        if (options.Ready is { } ready)
        {
            var hasNewDomain = run.HasNewDomain && !addresses.IsEmulator;
            await new ReadinessCheck(run.Service, run.Options, run.Progress)
                .WaitAsync(outputs, secrets.Secrets, ready, hasNewDomain, cancellationToken)
                .ConfigureAwait(false);
        }

        return outputs with { UnknownSecrets = secrets.Unknown };
    }
}
