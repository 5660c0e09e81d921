namespace CognitoM2M;

/// <summary>Gives the secret of an app client, or the password of a user, from a place outside the configuration, such as AWS Secrets Manager.</summary>
/// <remarks>
/// The source is called before a token request, not for every call. Its secret is kept for five minutes. If Cognito refuses the secret, the
/// source is called again at once. While the source fails, the last secret stays in use.
/// </remarks>
public interface ICognitoSecretSource
{
    /// <summary>Returns the current secret. Several threads may call this at the same time, for different clients.</summary>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>.</param>
    /// <param name="cancellationToken">Cancelled after the <c>AttemptTimeout</c> of the client. The answer is then ignored.</param>
    /// <returns>The secret and nothing else: a client secret of 1 to 1,024 visible ASCII characters, or a password of 1 to 256 characters. Line breaks at the end are removed.</returns>
    ValueTask<string> GetSecretAsync(string clientName, CancellationToken cancellationToken);
}
