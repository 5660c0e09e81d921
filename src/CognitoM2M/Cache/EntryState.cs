using CognitoM2M.Diagnostics;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>
/// Everything that a cache entry knows between two calls: the token it holds, the present outage, and when the API may cause the next
/// replacement. Immutable. Three transitions make the next state; the questions that callers ask are functions of the state and the time.
/// All instants are on the monotonic clock. An instant of the token has also passed when the wall clock has passed it.
/// </summary>
internal sealed record EntryState
{
    /// <summary>How often an API that answers 401 to every token can cause a token request.</summary>
    public static readonly TimeSpan ReplacementInterval = TimeSpan.FromSeconds(30);

    /// <summary>How long a call waits while Cognito is known to be down, and for a better token than the one that is held.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    /// <summary>How often a client secret is looked at that Cognito refused.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    public static readonly EntryState Empty = new();

    private EntryState()
    {
    }

    /// <summary>The token that was obtained last, usable or not.</summary>
    public HeldToken? Held { get; private init; }

    /// <summary>The present outage; null while fetches succeed.</summary>
    public Outage? Outage { get; private init; }

    /// <summary>Since when fetches have failed; null while they succeed. Unlike the outage, this goes on after a change of the client secret.</summary>
    public TimeSpan? FailingSince { get; private init; }

    /// <summary>Digests of the recent tokens. If an Authorization header holds one of these tokens, this library wrote the header, not the caller.</summary>
    public RecentDigests Issued { get; private init; } = RecentDigests.None;

    /// <summary>Whether the held token was obtained with an earlier client secret.</summary>
    public bool HoldsTokenOfFormerSecret { get; private init; }

    private TimeSpan NextReplacementAt { get; init; } = TimeSpan.MinValue;

    // If a fetch after a 401 failed, the next successful fetch counts as that replacement for the 30-second limit.
    private bool ReplacementFailed { get; init; }

    /// <summary>The held token, as long as it need not be renewed.</summary>
    /// <param name="now">The time.</param>
    /// <param name="minimum">How long the token must still be valid for the caller.</param>
    public HeldToken? FindFresh(ClockReading now, TimeSpan minimum) =>
        Held is { } held && held.GetTime(now) < held.RenewAt && IsEnough(held, now, minimum) ? held : null;

    /// <summary>The held token, if it can be sent now. While Cognito is known to be down, the token is used until one second before its end.</summary>
    /// <param name="now">The time.</param>
    /// <param name="minimum">How long the token must still be valid for the caller, unless Cognito is known to be down.</param>
    public HeldToken? FindUsable(ClockReading now, TimeSpan minimum = default) =>
        Held is { } held && held.GetTime(now) < FindEndOfUse(held) && IsEnough(held, now, minimum) ? held : null;

    /// <summary>The held token until one second before its end, for callers that got no better one.</summary>
    /// <param name="now">The time.</param>
    /// <param name="minimum">How long the token must still be valid.</param>
    public HeldToken? FindValid(ClockReading now, TimeSpan minimum = default) =>
        Held is { } held && held.GetTime(now) < held.EndsAt && held.IsValidFor(minimum, now) ? held : null;

    /// <summary>Whether a background renewal of the usable token should start now, if no fetch is in flight.</summary>
    public bool IsRenewalDue(ClockReading now) => Held is { } held && held.GetTime(now) >= held.RenewAt && MayFetch(now);

    /// <summary>Whether Cognito must not be asked now, because the back-off after a failure still runs.</summary>
    public bool IsBackingOff(ClockReading now) => Outage is { } outage && now.Elapsed < outage.RetryAt;

    /// <summary>Whether a caller that has no usable token may start a fetch now.</summary>
    public bool MayFetch(ClockReading now) => !IsBackingOff(now) || now.Elapsed >= Outage!.LookAt;

    /// <summary>Whether a 401 of the API may start a fetch now.</summary>
    public bool MayReplace(ClockReading now) => !IsBackingOff(now) && now.Elapsed >= NextReplacementAt;

    /// <summary>Whether a fetch that starts now may repeat failed attempts at once. Only the first fetch may, because callers wait for it.</summary>
    public bool MayRepeatAttempts(ClockReading now) => FindUsable(now) is null && Outage is null;

    /// <summary>
    /// How long a call that begins now waits for a token: one second if Cognito is known to be down, otherwise as long as one token request
    /// may take, and one second for the end of that request.
    /// </summary>
    /// <param name="attemptTimeout">How long one token request may take.</param>
    public TimeSpan GetWaitLimit(TimeSpan attemptTimeout) => Outage is null ? attemptTimeout + ShortWait : ShortWait;

    /// <summary>How long until Cognito may be asked again; zero if it may be asked now.</summary>
    public TimeSpan RemainingBackOff(ClockReading now) => IsBackingOff(now) ? Outage!.RetryAt - now.Elapsed : TimeSpan.Zero;

    /// <summary>The exception for a caller that may not ask Cognito because of the back-off.</summary>
    public CognitoTokenException CreateException(string clientName, ClockReading now) => Outage!.Failure.ToException(clientName, RemainingBackOff(now));

    /// <summary>The exception for a caller that has waited as long as callers wait: the failure of the last fetch, if one failed.</summary>
    public CognitoTokenException CreateExceptionAfterWait(string clientName, TimeSpan waited) =>
        (Outage?.Failure ?? TokenFailure.StillFetching(waited)).ToException(clientName, TimeSpan.Zero);

    /// <summary>Describes the entry for gauges and health checks.</summary>
    public ClientStatus Describe(string clientName, ClockReading now, DateTimeOffset utcNow)
    {
        var held = FindUsable(now);
        var remaining = held is null ? TimeSpan.Zero : held.Token.ExpiresAt - utcNow;
        return new ClientStatus(
            clientName, held is not null, remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, RemainingBackOff(now), Outage?.Failure.Error);
    }

    /// <summary>
    /// The first state of the entry that follows this one after a change of settings. After a change of the secret the token stays in use, its
    /// renewal with the new secret is due at once, and the outage of the former secret is over.
    /// </summary>
    /// <param name="secretChanged">Whether the client secret changed.</param>
    /// <param name="isFetching">Whether a fetch of this entry is in flight; the new entry does not get its token.</param>
    /// <param name="now">The time.</param>
    public EntryState TakeOver(bool secretChanged, bool isFetching, ClockReading now) => this with
    {
        Held = !secretChanged && !isFetching ? Held : FindValid(now) is { } held ? held.DueAt(held.GetTime(now)) : null,
        Outage = secretChanged ? null : Outage,
        HoldsTokenOfFormerSecret = HoldsTokenOfFormerSecret || secretChanged,
    };

    /// <summary>A fetch starts. The held token counts as fresh as long as it is used: one caller has noticed that the renewal is due, the others need not.</summary>
    public EntryState OnFetchStarted(ClockReading now) => FindUsable(now) is { } held ? this with { Held = held.DueAt(FindEndOfUse(held)) } : this;

    /// <summary>A fetch returned a token.</summary>
    /// <param name="reason">Why the fetch was started.</param>
    /// <param name="issued">The token.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">From 0 to 1; decides when the renewal is due.</param>
    public EntryState OnFetchSucceeded(FetchReason reason, IssuedToken issued, ClockReading now, double random)
    {
        var held = new HeldToken(issued.Token, issued.Lifetime, issued.Instants ?? TokenLifetime.Create(issued.SentAt, issued.Lifetime, random));
        var replaced = issued.Origin == TokenOrigin.Cognito && (ReplacementFailed || reason == FetchReason.Rejected);
        return new EntryState
        {
            Held = held,
            Issued = Issued.With(held.HeaderValue),
            NextReplacementAt = replaced ? now.Elapsed + ReplacementInterval : NextReplacementAt,
        };
    }

    /// <summary>A fetch failed.</summary>
    /// <param name="reason">Why the fetch was started.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="startedWithToken">Whether a valid token was held when the fetch started.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">From 0 to 1; decides how long the back-off is.</param>
    public EntryState OnFetchFailed(FetchReason reason, TokenFailure failure, bool startedWithToken, ClockReading now, double random)
    {
        var held = FindValid(now);
        var requests = (Outage?.Requests ?? 0) + failure.Requests;
        // The token expired during its renewal, and a renewal makes only one attempt. The callers that wait for the result get a second attempt at once.
        var isFirstForCallers = held is null && startedWithToken && Outage is null && failure.IsTransient;
        var backOff = BackOff.Extend(
            held is not null ? BackOff.WithToken(requests, held.EndsAt - held.GetTime(now), random)
            : isFirstForCallers ? TimeSpan.Zero
            : BackOff.WithoutToken(requests, random),
            failure.RetryAfter);
        return this with
        {
            // The renewal is due again when the back-off ends.
            Held = held?.DueAt(held.GetTime(now) + (failure.WaitsForSecret && LookInterval < backOff ? LookInterval : backOff)),
            Outage = new Outage(failure, requests, now.Elapsed + backOff, failure.WaitsForSecret ? now.Elapsed + LookInterval : null),
            FailingSince = FailingSince ?? now.Elapsed,
            ReplacementFailed = ReplacementFailed || reason == FetchReason.Rejected,
        };
    }

    /// <summary>A look at the client secret during the back-off showed that it has not changed. The back-off goes on.</summary>
    public EntryState OnSecretUnchanged(ClockReading now) => this with
    {
        Held = FindValid(now) is { } held ? held.DueAt(held.GetTime(now) + LookInterval) : null,
        Outage = Outage! with { LookAt = now.Elapsed + LookInterval },
    };

    private bool IsEnough(HeldToken held, ClockReading now, TimeSpan minimum) => Outage is not null || held.IsValidFor(minimum, now);

    private TimeSpan FindEndOfUse(HeldToken held) => Outage is null ? held.UnusableAt : held.EndsAt;
}
