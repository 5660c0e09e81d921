using System.Collections.Immutable;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>The sign-ins of the users of one pool. A sign-in is kept until its last token has expired.</summary>
internal sealed class SignInList(UserPoolDirectory userPools)
{
    private const int AddsBetweenCleanups = 256;

    // An access token can be issued just before the refresh token expires, and lives for a day at most.
    private static readonly TimeSpan _longestAccess = TokenKind.Access.Longest;

    private volatile ImmutableDictionary<string, SignIn> _signIns = ImmutableDictionary.Create<string, SignIn>(StringComparer.Ordinal);
    private int _adds;

    public IEnumerable<SignIn> All => _signIns.Values;

    public SignIn? Find(string eventId) => _signIns.GetValueOrDefault(eventId);

    /// <summary>Adds a sign-in, or replaces the one with the same id.</summary>
    public void Set(SignIn signIn) => userPools.Change(() =>
    {
        if (++_adds % AddsBetweenCleanups == 0)
            RemoveAll(old => old.ExpiresAt + _longestAccess <= userPools.TimeProvider.GetUtcNow());
        _signIns = _signIns.SetItem(signIn.EventId, signIn);
    });

    /// <summary>Makes all tokens of one sign-in unusable.</summary>
    public void Revoke(SignIn signIn) => Set(signIn with { IsRevoked = true });

    /// <summary>Makes all tokens of one user unusable.</summary>
    public void RevokeAll(string sub) => userPools.Change(() =>
        _signIns = _signIns.SetItems(_signIns.Values
            .Where(signIn => signIn.Sub == sub && !signIn.IsRevoked)
            .Select(signIn => KeyValuePair.Create(signIn.EventId, signIn with { IsRevoked = true }))));

    /// <summary>Removes the sign-ins of a deleted user.</summary>
    public void RemoveAll(string sub) => userPools.Change(() => RemoveAll(signIn => signIn.Sub == sub));

    private void RemoveAll(Func<SignIn, bool> isUnneeded) =>
        _signIns = _signIns.RemoveRange(_signIns.Values.Where(isUnneeded).Select(signIn => signIn.EventId));
}
