using System.Net;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Keys;

/// <summary>
/// Downloads a key set over HTTP from one address, within a limit of time and of size. Redirects are not followed: the keys of an issuer
/// come from the address that is configured, and from no other.
/// </summary>
internal sealed class KeySetDownload(Uri jwksUri, Func<HttpClient> createClient, TimeProvider timeProvider, VerificationInstruments? instruments = null, bool isOfTenant = false)
{
    private const int MaxBytes = 256 * 1024;
    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(5);

    // A download that was cancelled may still be inside the user's HttpClient. Until it has ended, or this time is over, no other starts.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    private static readonly KeySetOutcome _timedOut = KeySetOutcome.CreateFailure("timeout", "the server did not answer within 5 seconds", isTransient: false);

    public Uri JwksUri { get; } = jwksUri;

    /// <summary>Downloads the key set once. Never throws.</summary>
    /// <param name="mayRepeat">Whether callers without any keys wait for the download. After a transient error there is a second attempt then.</param>
    /// <param name="stopping">Ends the download.</param>
    public async Task<KeySetOutcome> FetchAsync(bool mayRepeat, CancellationToken stopping)
    {
        var startedAt = timeProvider.GetTimestamp();
        var outcome = await FetchInTimeAsync(mayRepeat, stopping).ConfigureAwait(false);
        if (!stopping.IsCancellationRequested)
            instruments?.FetchEnded(isOfTenant ? VerificationInstruments.Tenant : JwksUri.AbsoluteUri, timeProvider.GetElapsedTime(startedAt), outcome.ErrorType);
        return outcome;
    }

    private async Task<KeySetOutcome> FetchInTimeAsync(bool mayRepeat, CancellationToken stopping)
    {
        try
        {
            var call = await LimitedCall.RunAsync(
                cancellationToken => FetchOrRepeatAsync(mayRepeat, cancellationToken), _timeLimit, _grace, timeProvider, stopping).ConfigureAwait(false);
            return call.Ended is { } ended ? await ended.ConfigureAwait(false) : _timedOut;
        }
        catch (OperationCanceledException)
        {
            return KeySetOutcome.CreateFailure("disposed", "the verifier was disposed", isTransient: false);
        }
    }

    private async Task<KeySetOutcome> FetchOrRepeatAsync(bool mayRepeat, CancellationToken cancellationToken)
    {
        var outcome = await FetchOnceAsync(cancellationToken).ConfigureAwait(false);
        return outcome.IsTransient && mayRepeat && !cancellationToken.IsCancellationRequested
            ? await FetchOnceAsync(cancellationToken).ConfigureAwait(false)
            : outcome;
    }

    private async Task<KeySetOutcome> FetchOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            // On a busy machine the time limit can pass before the download begins.
            cancellationToken.ThrowIfCancellationRequested();
            using var request = new HttpRequestMessage(HttpMethod.Get, JwksUri);
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await createClient()
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            if (response.StatusCode != HttpStatusCode.OK)
                return CreateFailure(response.StatusCode);
            if (response.RequestMessage?.RequestUri is { } answered && answered != JwksUri)
                return KeySetOutcome.CreateFailure("redirect", $"the server redirected to '{answered.GetLeftPart(UriPartial.Path)}', and redirects are not accepted", isTransient: false);

            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return KeySetParser.Parse(body, out var keys) is { } problem
                ? KeySetOutcome.CreateFailure("not_a_key_set", problem, isTransient: false)
                : KeySetOutcome.CreateSuccess(keys!, KeySetLifetime.Read(response.Headers.CacheControl, response.Headers.Age));
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return KeySetOutcome.CreateFailure("too_long", $"the response is longer than {MaxBytes / 1024} KiB", isTransient: false);
        }
        catch (OperationCanceledException)
        {
            return _timedOut;
        }
        catch (Exception error)
        {
            // A user's HttpClient may throw anything. Callers wait for an outcome, so every exception must become an outcome.
            return KeySetOutcome.CreateFailure("unreachable", DescribeUnreachable(error), isTransient: true, error);
        }
    }

    private string DescribeUnreachable(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } when JwksUri.IsLoopback =>
            $"no connection to {JwksUri.Authority}, which belongs to this machine or container itself, so the emulator is probably not running here",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"no connection to {JwksUri.Authority}",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"the host name {JwksUri.Host} does not resolve",
        _ => $"the server could not be reached ({error.GetType().Name})",
    };

    private static KeySetOutcome CreateFailure(HttpStatusCode status) => KeySetOutcome.CreateFailure(
        $"{(int)status}",
        $"the server answered with status {(int)status}{(status == HttpStatusCode.NotFound ? ", so the address is probably wrong; check the user pool id and the region" : "")}",
        isTransient: (int)status is >= 500 or 429);
}

/// <summary>The outcome of one download: keys, or a problem.</summary>
internal sealed record KeySetOutcome
{
    /// <summary>The keys; null if the download failed.</summary>
    public KeySetSnapshot? Keys { get; private init; }

    /// <summary>How long the keys may be used before the next download.</summary>
    public TimeSpan FreshFor { get; private init; }

    /// <summary>Why the download failed, as a clause; null if it succeeded.</summary>
    public string? Problem { get; private init; }

    /// <summary>The kind of failure, one of a few, for metrics: a status, or a word; null if the download succeeded.</summary>
    public string? ErrorType { get; private init; }

    /// <summary>Whether a second attempt at once may succeed.</summary>
    public bool IsTransient { get; private init; }

    /// <summary>The exception behind <see cref="Problem"/>, if there is one.</summary>
    public Exception? Cause { get; private init; }

    public static KeySetOutcome CreateSuccess(KeySetSnapshot keys, TimeSpan freshFor) => new() { Keys = keys, FreshFor = freshFor };

    public static KeySetOutcome CreateFailure(string errorType, string problem, bool isTransient, Exception? cause = null) =>
        new() { ErrorType = errorType, Problem = problem, IsTransient = isTransient, Cause = cause };
}
