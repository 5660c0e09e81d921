using System.Collections.Immutable;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>
/// Keeps this process from locking a user out. One sign-in runs at a time. A password that Cognito refused is never sent again, and while the
/// user is locked out or Cognito wants a challenge, none is sent for some minutes.
/// </summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody asks for has nothing to dispose.
internal sealed class PasswordGuard(MonotonicClock clock)
#pragma warning restore CA1001
{
    /// <summary>How long no password is sent after Cognito said that the user is locked out.</summary>
    public static readonly TimeSpan LockOutPause = TimeSpan.FromMinutes(5);

    /// <summary>How long no password is sent after a challenge. Each challenge can send a text message, which costs money.</summary>
    public static readonly TimeSpan ChallengePause = TimeSpan.FromMinutes(15);

    // A source that invents passwords must not fill the memory.
    private const int MaxRefused = 100;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ImmutableList<(UInt128 Password, TokenFailure Failure)> _refused = [];
    private (TokenFailure Failure, TimeSpan Until)? _pause;

    /// <summary>Whether nothing would be lost if the guard was dropped.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _refused.IsEmpty && !(_pause is { } pause && clock.Now < pause.Until) && _turn.CurrentCount > 0;
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
            foreach (var (refused, failure) in _refused)
            {
                if (refused == password)
                    return failure;
            }
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
                _refused = [(password, wrong), .. _refused.Take(MaxRefused - 1)];
            else if (outcome.Failure is { Problem: SignInProblem.AttemptsExceeded } lockedOut)
                _pause = (lockedOut, clock.Now + LockOutPause);
            else if (outcome.Failure is { Error: CognitoTokenErrors.ChallengeRequired } challenged)
                _pause = (challenged, clock.Now + ChallengePause);
        }
    }
}
