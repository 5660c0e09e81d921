using CognitoM2M.Settings;

namespace CognitoM2M.Cache;

/// <summary>Finds the cache entries of all clients by the request of a client, makes missing entries, and lets entries follow a change of settings.</summary>
/// <param name="store">Keeps the entries.</param>
/// <param name="create">Makes an entry with its fetcher. Its first state is given if it takes over the token of another entry.</param>
/// <param name="isUsedByOther">Whether a client of another name than the given one uses the entry with this key now.</param>
internal sealed class EntryDirectory(
    TokenEntryStore store, CreateEntry create, Func<string, TokenEntryKey, bool> isUsedByOther)
{
    /// <summary>Finds the entry for a request of a client; makes it if there is none.</summary>
    /// <param name="settings">The client's settings.</param>
    /// <param name="request">The scopes and metadata to ask for; null for the scopes and metadata of the settings.</param>
    /// <param name="known">The entry for this request, if the caller has it. If the store had dropped this entry to make room, the store takes it back.</param>
    public TokenEntry Find(AppClientSettings settings, CognitoTokenRequest? request, TokenEntry? known = null)
    {
        var key = settings.CreateKey(request);
        return store.GetOrAdd(key, () => known ?? create(settings, key, initial: null));
    }

    /// <summary>
    /// Moves the entries of a client to its changed settings. A token goes over as a value if the new settings ask the same app client for
    /// the same scopes. A fetch that is in flight for the former settings still serves its own callers; its token is not kept. An entry that
    /// another client uses as well stays for that client.
    /// </summary>
    public void Move(string clientName, AppClientSettings former, AppClientSettings settings)
    {
        if (former.CreateKey(null) == settings.CreateKey(null))
            return;

        foreach (var (key, entry) in store.FindAll(former.Owns))
        {
            var newKey = settings.CreateKeyLike(key, former);
            if (newKey == key)
                continue;

            store.GetOrAdd(newKey, () => create(settings, newKey, TakeOver(entry, key, newKey)));
            RemoveUnlessShared(clientName, key);
        }
    }

    /// <summary>Drops the entries of a client that was removed, except those that another client uses.</summary>
    public void Remove(string clientName, AppClientSettings settings)
    {
        foreach (var (key, _) in store.FindAll(settings.Owns))
            RemoveUnlessShared(clientName, key);
    }

    private void RemoveUnlessShared(string clientName, TokenEntryKey key)
    {
        if (!isUsedByOther(clientName, key))
            store.Remove(key);
    }

    private static EntryState? TakeOver(TokenEntry entry, TokenEntryKey key, TokenEntryKey newKey) => newKey.AsksForSameToken(key)
        ? entry.TakeOver(secretChanged: newKey.SecretIdentity != key.SecretIdentity)
        : null;
}

/// <summary>Makes the entry for a key.</summary>
internal delegate TokenEntry CreateEntry(AppClientSettings settings, TokenEntryKey key, EntryState? initial);
