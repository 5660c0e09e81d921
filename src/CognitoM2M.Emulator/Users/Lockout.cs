namespace CognitoM2M.Emulator.Users;

/// <summary>
/// Whether a user must wait after wrong passwords. From the fifth wrong password on, the user is locked out for one second, and twice as long
/// after each further one, up to 15 minutes. Immutable.
/// </summary>
/// <param name="FailedAttempts">The wrong passwords so far. Attempts while the user is locked out do not count.</param>
/// <param name="LastFailedAt">When the last wrong password came.</param>
/// <param name="LastAttemptAt">When the last attempt came, also while the user was locked out.</param>
internal sealed record Lockout(int FailedAttempts, DateTimeOffset LastFailedAt, DateTimeOffset LastAttemptAt)
{
    private const int FreeAttempts = 5;

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(15);

    public static Lockout None { get; } = new(0, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public bool IsLockedAt(DateTimeOffset now) => now < LastFailedAt + GetDuration();

    /// <summary>Counts an attempt, whatever its outcome. After 15 minutes without an attempt, earlier attempts no longer count.</summary>
    public Lockout AfterAttempt(DateTimeOffset now) =>
        FailedAttempts == 0 || now - LastAttemptAt >= _longest ? None : this with { LastAttemptAt = now };

    public Lockout AfterWrongPassword(DateTimeOffset now) => new(FailedAttempts + 1, now, now);

    private TimeSpan GetDuration()
    {
        if (FailedAttempts < FreeAttempts)
            return TimeSpan.Zero;

        // Ten doublings of one second are longer than the longest wait.
        var doublings = Math.Min(FailedAttempts - FreeAttempts, 10);
        var seconds = TimeSpan.FromSeconds(1 << doublings);
        return seconds < _longest ? seconds : _longest;
    }
}
