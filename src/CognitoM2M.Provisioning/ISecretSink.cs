namespace CognitoM2M.Provisioning;

/// <summary>Where secrets go. The only way by which they leave provisioning.</summary>
public interface ISecretSink
{
    /// <summary>Called once before anything is changed, so that a sink that cannot store stops the run early.</summary>
    ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>What the sink holds for an app client.</summary>
    /// <returns>Null if it holds nothing for this client id, or cannot tell.</returns>
    ValueTask<HeldSecret?> FindAsync(string clientName, string clientId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<HeldSecret?>(null);

    /// <summary>Stores a secret, in the place of the one held for the same app client.</summary>
    ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken);
}
