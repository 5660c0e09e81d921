namespace CognitoM2M.Provisioning;

/// <summary>Passes each secret to a delegate. The sink keeps nothing, so every apply passes all secrets that Cognito still shows.</summary>
/// <param name="store">Stores one secret.</param>
public sealed class DelegateSecretSink(Func<AppClientCredentials, CancellationToken, ValueTask> store) : ISecretSink
{
    /// <inheritdoc/>
    public ValueTask StoreAsync(AppClientCredentials credentials, CancellationToken cancellationToken) => store(credentials, cancellationToken);
}
