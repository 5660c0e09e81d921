using CognitoM2M.Tokens;

namespace CognitoM2M.Secrets;

/// <summary>
/// A secret that a source gives. One question at a time, whoever asks; the answer is kept for a while. A source that fails costs
/// nothing as long as an earlier answer is known.
/// </summary>
internal sealed class SourcedClientSecret(string clientName, ICognitoClientSecretSource source, string identity) : ClientSecret
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private volatile Answer? _answer;
    private Task<string>? _asking;

    public override string Identity { get; } = identity;

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

        var asked = await AskAsync(request, known).ConfigureAwait(false);
        return asked == refused ? null : asked;
    }

    private Task<string> AskAsync(SecretRequest request, Answer? known)
    {
        lock (_gate)
        {
            // Whoever asked meanwhile got an answer that is as good.
            if (_answer is { } newer && !ReferenceEquals(newer, known))
                return Task.FromResult(newer.Secret);

            // Task.Run, so that no part of the source runs under the gate.
            return _asking is { IsCompleted: false } asking ? asking : _asking = Task.Run(() => ReadAndKeepAsync(request));
        }
    }

    private async Task<string> ReadAndKeepAsync(SecretRequest request)
    {
        try
        {
            var secret = await ReadAsync(request).ConfigureAwait(false);
            _answer = new Answer(secret, request.Clock.Now + KeptFor);
            return secret;
        }
        catch (SecretUnavailableException problem) when (_answer is not null)
        {
            request.Telemetry.SecretSourceFailed(problem);
            return _answer.Secret;
        }
    }

    private async Task<string> ReadAsync(SecretRequest request)
    {
        // Not disposed: it holds nothing, and a source that was left behind may still look at it.
        var cancellation = new CancellationTokenSource();
        // Task.Run, because a source may block its thread.
        var answering = Task.Run(() => source.GetSecretAsync(clientName, cancellation.Token).AsTask(), CancellationToken.None);
        await ((Task)answering).WaitAsync(request.Patience, request.Clock.TimeProvider, request.Stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!answering.IsCompleted)
        {
            // Not waited for: what does not end may not end being cancelled either.
            cancellation.CancelAsync().Forget();
            answering.Forget();
            request.Stopping.ThrowIfCancellationRequested();
            throw new SecretUnavailableException($"The source of the client secret did not answer within {request.Patience.TotalSeconds:0.#} s.");
        }

        string? text;
        try
        {
            text = await answering.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw new SecretUnavailableException($"The source of the client secret failed with {error.GetType().Name}.", error);
        }

        var secret = text?.TrimEnd('\r', '\n');
        return string.IsNullOrEmpty(secret) ? throw new SecretUnavailableException("The source of the client secret gave none.")
            : secret.Length > Longest || !IsWellFormed(secret) ? throw new SecretUnavailableException("The source of the client secret gave something that is not the secret of an app client: it must be the secret alone.")
            : secret;
    }

    private sealed record Answer(string Secret, TimeSpan AskAgainAt)
    {
        public override string ToString() => nameof(Answer);
    }
}
