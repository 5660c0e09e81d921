using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CognitoM2M.Settings;
using CognitoM2M.Time;

namespace CognitoM2M.SignIn;

/// <summary>
/// The guards of all users that this process signs in. All providers of the process share them: a program that creates a client for each
/// call must not lock its user out.
/// </summary>
/// <remarks>
/// The app client is part of the key. Users of two user pools of a region have the same endpoint and may have the same name, and a refusal
/// by one pool says nothing about the other.
/// </remarks>
internal sealed class PasswordGuards(MonotonicClock clock)
{
    private const int MaxUsers = 20_000;

    private static readonly ConditionalWeakTable<TimeProvider, PasswordGuards> _ofProcess = [];

    private readonly ConcurrentDictionary<(string Endpoint, string ClientId, string Username), PasswordGuard> _byUser = new();

    /// <summary>The guards of this process. A test that has a clock of its own has guards of its own.</summary>
    public static PasswordGuards GetOfProcess(MonotonicClock clock) =>
        _ofProcess.GetValue(clock.TimeProvider, static timeProvider => new PasswordGuards(MonotonicClock.Find(timeProvider)));

    /// <summary>The guard of a client's user. Found anew for each sign-in, because idle guards are dropped when there are too many.</summary>
    public PasswordGuard Find(AppClientSettings settings)
    {
        var key = (settings.Endpoint.AbsoluteUri, settings.ClientId, settings.Username!);
        if (_byUser.TryGetValue(key, out var known))
            return known;

        if (_byUser.Count >= MaxUsers)
            RemoveIdle();
        return _byUser.GetOrAdd(key, _ => new PasswordGuard(clock));
    }

    private void RemoveIdle()
    {
        foreach (var (key, guard) in _byUser)
        {
            if (guard.IsIdle)
                _byUser.TryRemove(new(key, guard));
        }

        if (_byUser.Count >= MaxUsers)
            _byUser.Clear();
    }
}
