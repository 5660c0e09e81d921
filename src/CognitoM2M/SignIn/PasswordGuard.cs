using System.Collections.Immutable;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>
/// Keeps this process from locking a user out. One sign-in runs at a time. A password that Cognito refused is never sent again. A password that
/// Cognito may have refused, or that must be changed, is not sent again for some minutes. While the user is locked out or Cognito wants a second
/// factor, no password is sent for some minutes.
/// </summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody asks for has nothing to dispose.
internal sealed class PasswordGuard(MonotonicClock clock)
#pragma warning restore CA1001
{
    /// <summary>How long no password is sent after Cognito said that the user is locked out.</summary>
    public static readonly TimeSpan LockOutPause = TimeSpan.FromMinutes(5);

    /// <summary>How long no password is sent after a challenge. Each challenge can send a text message, which costs money.</summary>
    public static readonly TimeSpan ChallengePause = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a password is not sent again if it may be wrong, or must be changed first. After 15 minutes without an attempt Cognito has
    /// forgotten the wrong ones, so the attempts of one process never add up to a lock-out.
    /// </summary>
    public static readonly TimeSpan DoubtPause = TimeSpan.FromMinutes(15);

    // A source that invents passwords must not fill the memory.
    private const int MaxRefused = 100;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ImmutableList<Refusal> _refused = [];
    private (TokenFailure Failure, TimeSpan Until)? _pause;

    /// <summary>Whether the guard can be removed: no refusal and no pause is in force, and no sign-in is running.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return !_refused.Exists(IsInForce) && !(_pause is { } pause && clock.Now < pause.Until) && _turn.CurrentCount > 0;
        }
    }

    /// <summary>Signs in with a password, unless Cognito refused it before or must not be asked now.</summary>
    /// <param name="password">The password.</param>
    /// <param name="signInAsync">Sends the password.</param>
    /// <param name="stopping">Ends the wait for another sign-in of the user.</param>
    public async Task<FetchOutcome> SignInAsync(string password, Func<Task<FetchOutcome>> signInAsync, CancellationToken stopping)
    {
        await _turn.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            var digest = TokenDigest.Compute(password);
            if (FindFailure(digest) is { } known)
                return known;

            var outcome = await signInAsync().ConfigureAwait(false);
            Record(digest, outcome);
            return outcome.Failure is { } failure ? FindPause() ?? failure : outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    private TokenFailure? FindFailure(UInt128 password)
    {
        lock (_gate)
        {
            if (_refused.Find(refusal => refusal.Password == password && IsInForce(refusal)) is { } refused)
                return refused.Failure;
        }

        return FindPause();
    }

    private TokenFailure? FindPause()
    {
        lock (_gate)
            return _pause is { } pause && clock.Now < pause.Until ? pause.Failure with { RetryAfter = pause.Until - clock.Now } : null;
    }

    private void Record(UInt128 password, FetchOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.Token is not null)
                _pause = null;
            else if (outcome.Failure is { Problem: SignInProblem.WrongPassword } wrong)
                Refuse(new(password, wrong, Until: null));
            else if (outcome.Failure is { Problem: SignInProblem.Other or SignInProblem.PasswordExpired or SignInProblem.PasswordResetRequired, IsRefusedSecret: true } doubtful)
                Refuse(new(password, doubtful, clock.Now + DoubtPause));
            else if (outcome.Failure is { Problem: SignInProblem.AttemptsExceeded } lockedOut)
                _pause = (lockedOut, clock.Now + LockOutPause);
            else if (outcome.Failure is { Error: CognitoTokenErrors.ChallengeRequired } challenged)
                _pause = (challenged, clock.Now + ChallengePause);
        }
    }

    private void Refuse(Refusal refusal) => _refused = [refusal, .. _refused.Where(other => other.Password != refusal.Password && IsInForce(other)).Take(MaxRefused - 1)];

    private bool IsInForce(Refusal refusal) => refusal.Until is not { } until || clock.Now < until;

    /// <summary>A password that is not sent.</summary>
    /// <param name="Password">Its digest.</param>
    /// <param name="Failure">How Cognito refused it.</param>
    /// <param name="Until">When it may be sent again; null for never.</param>
    private sealed record Refusal(UInt128 Password, TokenFailure Failure, TimeSpan? Until);
}
