namespace CognitoM2M.Secrets;

/// <summary>
/// Marks the code that runs while a source is asked for the secret of a client. If this code needed a token of the same client, the token
/// would wait for the secret, and the secret for the token.
/// </summary>
internal sealed class SecretQuestion
{
    private static readonly AsyncLocal<SecretQuestion?> _current = new();

    private readonly string _clientName;
    private readonly SecretQuestion? _outer;
    private volatile bool _hasEnded;

    private SecretQuestion(string clientName, SecretQuestion? outer) => (_clientName, _outer) = (clientName, outer);

    /// <summary>Asks the source.</summary>
    public static async Task<string> AskAsync(ICognitoClientSecretSource source, string clientName, CancellationToken cancellationToken)
    {
        var question = new SecretQuestion(clientName, _current.Value);
        _current.Value = question;
        try
        {
            return await source.GetSecretAsync(clientName, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Work that the source started in the background keeps the mark.
            question._hasEnded = true;
        }
    }

    /// <summary>Whether the calling code runs on behalf of a source that is being asked for the secret of this client.</summary>
    public static bool IsAskedFor(string clientName)
    {
        for (var question = _current.Value; question is not null; question = question._outer)
        {
            if (!question._hasEnded && question._clientName == clientName)
                return true;
        }

        return false;
    }

    /// <exception cref="CognitoTokenException">The calling code runs on behalf of a source that is being asked for the secret of this client.</exception>
    public static void ThrowIfAskedFor(string clientName)
    {
        if (IsAskedFor(clientName))
        {
            throw new CognitoTokenException(
                clientName,
                CognitoTokenErrors.SecretUnavailable,
                "The source of the client secret of this client asks for a token of the same client, which needs the secret. "
                    + "Let the source send its requests without this token: RemoveCognitoM2MToken() takes the token off an HttpClient.");
        }
    }
}
