using CognitoM2M.Shared;

namespace CognitoM2M.Secrets;

/// <summary>
/// A secret that a source gives. The source is called once at a time, and its answer is kept for a while. While the source fails, the
/// last secret it gave stays in use.
/// </summary>
internal sealed class SourcedSecret : Secret
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly string _clientName;
    private readonly SecretKind _kind;
    private volatile ICognitoSecretSource _source;
    private volatile Answer? _answer;
    private volatile string? _reportedProblem;
    private Task<string>? _asking;

    private SourcedSecret(string clientName, SecretKind kind, ICognitoSecretSource source, string identity)
    {
        _clientName = clientName;
        _kind = kind;
        _source = source;
        Identity = identity;
    }

    public override string Identity { get; }

    public override IEnumerable<SecretQuestion> Questions => Question is { } question ? [question] : [];

    /// <summary>The last question to the source; null if there was none.</summary>
    public SecretQuestion? Question { get; set; }

    // A source of the user may cost money with each question.
    public override bool IsCheap => _source is FileSecretSource;

    /// <summary>Makes the secret, or keeps the secret of the former settings if it comes from the same place.</summary>
    public static SourcedSecret Create(string clientName, SecretKind kind, ICognitoSecretSource source, string identity, Secret? former)
    {
        if (former is not SourcedSecret known || known.Identity != identity || known._clientName != clientName || known._kind != kind)
            return new SourcedSecret(clientName, kind, source, identity);

        // Changed options may have a new object for the same source. The next request for the secret goes to the new object.
        known._source = source;
        return known;
    }

    public override async ValueTask<string> GetAsync(SecretRequest request)
    {
        if (_answer is { } known && request.Clock.Now < known.AskAgainAt)
            return known.Secret;

        return await AskAsync(request, _answer).ConfigureAwait(false);
    }

    public override async ValueTask<string?> GetOtherAsync(string refused, SecretRequest request)
    {
        var known = _answer;
        if (known is not null && known.Secret != refused)
            return known.Secret;

        var answered = await AskAsync(request, known).ConfigureAwait(false);
        return answered == refused ? null : answered;
    }

    private Task<string> AskAsync(SecretRequest request, Answer? known)
    {
        lock (_gate)
        {
            // Another fetch has asked the source meanwhile.
            if (_answer is { } newer && !ReferenceEquals(newer, known))
                return Task.FromResult(newer.Secret);

            // Task.Run, so that no part of the source runs under the lock.
            return _asking is { IsCompleted: false } asking ? asking : _asking = Task.Run(() => ReadAndKeepAsync(request));
        }
    }

    private async Task<string> ReadAndKeepAsync(SecretRequest request)
    {
        try
        {
            var secret = await ReadAsync(request).ConfigureAwait(false);
            _answer = new Answer(secret, request.Clock.Now + KeptFor);
            _reportedProblem = null;
            return secret;
        }
        catch (SecretUnavailableException problem) when (_answer is not null)
        {
            // Each problem is logged once, because a file may be read every second.
            if (problem.Message != _reportedProblem)
                request.Telemetry.SecretSourceFailed(_reportedProblem = problem.Message, problem.InnerException);
            return _answer.Secret;
        }
    }

    private async Task<string> ReadAsync(SecretRequest request)
    {
        var source = _source;
        var call = await LimitedCall.RunAsync(
            cancelled => SecretQuestion.AskAsync(source, this, _clientName, cancelled),
            request.TimeLimit, grace: TimeSpan.Zero, request.Clock.TimeProvider, request.Stopping).ConfigureAwait(false);
        if (!call.IsInTime)
            throw new SecretUnavailableException($"The source of the {_kind.Name} did not answer within {request.TimeLimit.TotalSeconds:0.#} s.");

        string? text;
        try
        {
            text = await call.Ended.ConfigureAwait(false);
        }
        catch (Exception error) when (SecretRingException.Find(error) is { } ring)
        {
            throw new SecretUnavailableException(ring.Message, error);
        }
        catch (CognitoTokenException error)
        {
            throw new SecretUnavailableException($"The source of the {_kind.Name} got no token for its own request. {error.Message}", error);
        }
        catch (Exception error)
        {
            throw new SecretUnavailableException($"The source of the {_kind.Name} failed with {error.GetType().Name}.", error);
        }

        var secret = text?.TrimEnd('\r', '\n');
        return string.IsNullOrEmpty(secret) ? throw new SecretUnavailableException($"The source of the {_kind.Name} returned an empty text.")
            : _kind.FindError(secret) is { } flaw ? throw new SecretUnavailableException($"The source of the {_kind.Name} returned a text that {flaw}")
            : secret;
    }

    private sealed record Answer(string Secret, TimeSpan AskAgainAt)
    {
        public override string ToString() => nameof(Answer);
    }
}
