using Aspire.Hosting.ApplicationModel;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Aspire.Hosting.Running;

/// <summary>Starts the emulator when the app host starts its resources, and tells the dashboard.</summary>
internal static class EmulatorStart
{
    public static async Task RunAsync(CognitoEmulatorResource resource, InitializeResourceEvent start, CancellationToken cancellationToken)
    {
        await start.Notifications.PublishUpdateAsync(resource, state => state with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
        try
        {
            var emulator = await StartAsync(resource, cancellationToken).ConfigureAwait(false);
            StopWithHost(emulator, start.Services.GetRequiredService<IHostApplicationLifetime>());
            resource.SetStarted(emulator);
            Log.Started(start.Logger, resource.Region, emulator.BaseAddress);
            await start.Notifications.PublishUpdateAsync(resource, state => state with
            {
                State = KnownResourceStates.Running,
                StartTimeStamp = TimeProvider.System.GetUtcNow().UtcDateTime,
                Urls = [new UrlSnapshot("http", emulator.BaseAddress.AbsoluteUri, IsInternal: false)],
            }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.CannotStart(start.Logger, error);
            resource.SetFailed(error);
            await start.Notifications.PublishUpdateAsync(resource, state => state with { State = KnownResourceStates.FailedToStart }).ConfigureAwait(false);
        }
    }

    private static async Task<CognitoEmulator> StartAsync(CognitoEmulatorResource resource, CancellationToken cancellationToken)
    {
        // A mistake in a blueprint is found before the emulator listens.
        var blueprints = new List<Blueprint>();
        foreach (var path in resource.Blueprints)
            blueprints.Add(await Blueprint.LoadAsync(path, cancellationToken).ConfigureAwait(false));

        return await CognitoEmulator.StartAsync(
            new CognitoEmulatorOptions
            {
                Port = resource.Port ?? 0,
                Region = resource.Region,
                StateFile = resource.StateFile,
                Seed = (emulator, token) => SeedAsync(emulator, blueprints, token),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task SeedAsync(CognitoEmulator emulator, List<Blueprint> blueprints, CancellationToken cancellationToken)
    {
        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions
        {
            EmulatorAddress = emulator.BaseAddress,
            CallEmulator = emulator.CallAsync,
        });
        foreach (var blueprint in blueprints)
            await provisioner.SeedAsync(blueprint, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static void StopWithHost(CognitoEmulator emulator, IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStopped.UnsafeRegister(static state => _ = ((CognitoEmulator)state!).DisposeAsync().AsTask(), emulator);
}
