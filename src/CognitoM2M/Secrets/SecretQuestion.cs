namespace CognitoM2M.Secrets;

/// <summary>
/// Marks the code that runs while a source is asked for the secret of a client, and keeps which tokens this code waits for. If the code needed a
/// token of the same client, directly or through the sources of other clients, the token would wait for the secret, and the secret for the token.
/// </summary>
internal sealed class SecretQuestion
{
    private static readonly AsyncLocal<SecretQuestion?> _current = new();

    // Guards the waits of all questions. If two waits close a ring, the second wait sees the first.
    private static readonly Lock _gate = new();

    private readonly SourcedSecret _secret;
    private readonly string _clientName;
    private readonly SecretQuestion? _outer;
    private readonly CancellationToken _cancelled;
    private readonly List<Wait> _waits = [];
    private volatile bool _hasEnded;

    private SecretQuestion(SourcedSecret secret, string clientName, SecretQuestion? outer, CancellationToken cancelled) =>
        (_secret, _clientName, _outer, _cancelled) = (secret, clientName, outer, cancelled);

    /// <summary>Whether the calling code runs on behalf of a source.</summary>
    public static bool IsAsking => _current.Value is not null;

    /// <summary>Asks the source.</summary>
    public static async Task<string> AskAsync(ICognitoSecretSource source, SourcedSecret secret, string clientName, CancellationToken cancellationToken)
    {
        var question = new SecretQuestion(secret, clientName, _current.Value, cancellationToken);
        _current.Value = question;
        secret.Question = question;
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

    /// <summary>Whether the calling code runs on behalf of a source that is being asked for this secret.</summary>
    public static bool IsAskedFor(Secret secret) => _current.Value?.IsFor(secret) == true;

    /// <summary>The calling code waits from now on for a token that needs this secret. Dispose the wait at its end.</summary>
    /// <param name="secret">The secret of the client whose token the code waits for.</param>
    /// <param name="clientName">The name of this client.</param>
    /// <exception cref="CognitoTokenException">The token needs the secret that the calling code is asked for.</exception>
    public static IDisposable? StartWait(Secret secret, string clientName)
    {
        if (_current.Value is not { } asking)
            return null;

        lock (_gate)
        {
            if (asking.IsFor(secret))
                throw new SecretRingException([clientName]).ToException(clientName);
            if (asking.FindRing(secret, []) is { } others)
                throw new SecretRingException([asking._clientName, clientName, .. others]).ToException(clientName);

            var wait = new Wait(asking, secret, clientName);
            asking._waits.Add(wait);
            return wait;
        }
    }

    private bool IsFor(Secret secret)
    {
        for (var question = this; question is not null; question = question._outer)
        {
            if (!question._hasEnded && secret.Includes(question._secret))
                return true;
        }

        return false;
    }

    /// <summary>Finds the clients that the source of a secret waits for, one after the other, up to a client that this question is for; null if there is no such ring.</summary>
    private List<string>? FindRing(Secret secret, HashSet<SecretQuestion> seen)
    {
        // A question that has reached its time limit is abandoned. No token waits for it any longer.
        var open = secret.Questions.Where(question => !question._hasEnded && !question._cancelled.IsCancellationRequested && seen.Add(question));
        foreach (var wait in open.SelectMany(question => question._waits))
        {
            if (IsFor(wait.Secret))
                return [wait.ClientName];
            if (FindRing(wait.Secret, seen) is { } rest)
                return [wait.ClientName, .. rest];
        }

        return null;
    }

    private sealed class Wait(SecretQuestion question, Secret secret, string clientName) : IDisposable
    {
        public Secret Secret { get; } = secret;

        public string ClientName { get; } = clientName;

        public void Dispose()
        {
            lock (_gate)
                question._waits.Remove(this);
        }
    }
}
