using System.Net;

namespace CognitoM2M.Verification.Keys;

/// <summary>Reads a key set over HTTP, in bounded time and size, from the one address it is known by.</summary>
internal sealed class KeySetDownload(Uri address, Func<HttpClient> createClient, TimeProvider timeProvider)
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(5);

    public Uri Address { get; } = address;

    /// <summary>Fetches once; never throws.</summary>
    /// <param name="mayRepeat">Whether callers wait who have no keys at all: a fleeting error is then worth a second attempt.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<KeySetAnswer> FetchAsync(bool mayRepeat, CancellationToken stopping)
    {
        using var timeLimit = new CancellationTokenSource(_timeLimit, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, stopping);

        var answer = await FetchOnceAsync(ending.Token).ConfigureAwait(false);
        return answer.IsTransient && mayRepeat && !ending.IsCancellationRequested
            ? await FetchOnceAsync(ending.Token).ConfigureAwait(false)
            : answer;
    }

    private async Task<KeySetAnswer> FetchOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Also for a caller's HttpClient that blocks, or does not notice the cancellation: nobody would ever fetch again.
            return await Task.Run(() => TryFetchAsync(cancellationToken), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return KeySetAnswer.None("its address did not answer in time", isTransient: false);
        }
    }

    private async Task<KeySetAnswer> TryFetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await createClient()
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            if (response.StatusCode != HttpStatusCode.OK)
                return KeySetAnswer.None($"its address answered {(int)response.StatusCode}", isTransient: (int)response.StatusCode is >= 500 or 429);
            if (response.RequestMessage?.RequestUri is { } answered && answered != Address)
                return KeySetAnswer.None($"its address redirected to another one, '{answered.GetLeftPart(UriPartial.Path)}'", isTransient: false);

            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return KeySetParser.TryParse(body, out var keys) is { } problem
                ? KeySetAnswer.None(problem, isTransient: false)
                : new KeySetAnswer(keys, KeySetLifetime.Of(response.Headers.CacheControl, response.Headers.Age), Problem: null);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return KeySetAnswer.None($"it is longer than {LongestAnswer / 1024} KiB", isTransient: false);
        }
        catch (OperationCanceledException)
        {
            return KeySetAnswer.None("its address did not answer in time", isTransient: false);
        }
        catch (Exception error)
        {
            // Whatever a caller's HttpClient throws: those who wait for keys are waiting for an answer.
            return KeySetAnswer.None($"its address could not be reached ({error.GetType().Name})", isTransient: true, error);
        }
    }
}

/// <summary>The outcome of one fetch.</summary>
/// <param name="Keys">Null if it failed.</param>
/// <param name="FreshFor">How long they need no second look.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record KeySetAnswer(KeySetSnapshot? Keys, TimeSpan FreshFor, string? Problem)
{
    public bool IsTransient { get; private init; }

    public Exception? Cause { get; private init; }

    public static KeySetAnswer None(string problem, bool isTransient, Exception? cause = null) =>
        new(null, TimeSpan.Zero, problem) { IsTransient = isTransient, Cause = cause };
}
