namespace CognitoM2M.Secrets;

/// <summary>A secret that a delegate of the user returns.</summary>
internal sealed class DelegateSecretSource(Func<string, CancellationToken, ValueTask<string>> getSecret) : ICognitoSecretSource
{
    public ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken) => getSecret(clientName, cancellationToken);
}
