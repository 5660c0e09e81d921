namespace CognitoM2M.Provisioning;

/// <summary>Hands each secret to a delegate. Remembers nothing, so every apply hands over all secrets that can still be read.</summary>
public sealed class DelegateSecretSink(Func<AppClientCredentials, CancellationToken, ValueTask> store) : ISecretSink
{
    /// <inheritdoc/>
    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => store(credentials, cancellationToken);
}
