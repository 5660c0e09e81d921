namespace CognitoM2M.Secrets;

/// <summary>The sources of client secrets wait for each other's tokens, so that none of them can answer. Only a change of the code helps.</summary>
/// <param name="clientNames">The clients in order: the source of each asks for a token of the next. One client whose source asks for its own token, or several of which the last is the first.</param>
internal sealed class SecretRingException(IReadOnlyList<string> clientNames) : Exception(Describe(clientNames))
{
    private const string Cure = "RemoveCognitoM2MToken() takes the token off an HttpClient.";

    /// <summary>Finds the ring behind an exception that a source threw; null if there is none.</summary>
    public static SecretRingException? Find(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is SecretRingException ring)
                return ring;
        }

        return null;
    }

    /// <summary>The exception for the source that closes the ring.</summary>
    public CognitoTokenException ToException(string clientName) => new(clientName, CognitoTokenErrors.SecretUnavailable, Message, this);

    private static string Describe(IReadOnlyList<string> names) => names.Count == 1
        ? $"The source of the client secret of '{names[0]}' asks for a token of the same client, which needs the secret. Let the source send its requests without this token: {Cure}"
        : $"The sources of client secrets wait for each other: {string.Join(" -> ", names.Select(name => $"'{name}'"))}. The source of each client asks for a token of the next, "
            + $"which needs its own secret. Let one of the sources send its requests without that token: {Cure}";
}
