using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>A group or an identity provider of a user pool.</summary>
/// <param name="Name">The name, unique among its kind in the user pool.</param>
/// <param name="Sequence">The position in lists.</param>
/// <param name="Members">The settings as they arrived, without the user pool and the name.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record NamedSettings(string Name, long Sequence, WireSettings Members, DateTimeOffset CreatedAt);

/// <summary>The groups or the identity providers of one user pool.</summary>
internal sealed class NamedSettingsList(UserPoolDirectory userPools)
{
    private volatile ImmutableList<NamedSettings> _items = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<NamedSettings> All => _items;

    public NamedSettings? Find(string name) => _items.Find(item => item.Name == name);

    public void Add(NamedSettings item) => userPools.Change(() => _items = _items.Add(item));

    public void Remove(NamedSettings item) => userPools.Change(() => _items = _items.Remove(item));
}
