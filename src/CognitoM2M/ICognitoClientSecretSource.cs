namespace CognitoM2M;

/// <summary>Where the secret of an app client comes from when it is not in the configuration, such as AWS Secrets Manager.</summary>
/// <remarks>
/// Asked before a token request, not for every call: the answer is kept for five minutes, and the source is asked again when Cognito
/// does not accept the secret any more. While it fails, the last secret it gave stays in force.
/// </remarks>
public interface ICognitoClientSecretSource
{
    /// <summary>Gives the present secret. May be called by several threads at once, for several clients.</summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>.</param>
    /// <param name="cancellationToken">Ends when the answer has taken longer than the client's <c>AttemptTimeout</c>.</param>
    /// <returns>The secret alone, visible ASCII; a line break at its end is taken off.</returns>
    ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken);
}
