namespace CognitoM2M.Shared;

/// <summary>The hosts that a user named because plain http may be used with them: hosts of a network that the user trusts.</summary>
internal sealed class PlainHttpHosts
{
    public static readonly PlainHttpHosts None = new([]);

    private readonly HostEntry[] _entries;

    /// <param name="entries">The entries. Malformed entries match no address; <see cref="HostEntry.FindError"/> reports them.</param>
    public PlainHttpHosts(IEnumerable<string?> entries) => _entries = [.. entries.Select(HostEntry.TryParse).OfType<HostEntry>()];

    /// <summary>The entries as they were written.</summary>
    public IEnumerable<string> Names => _entries.Select(entry => entry.Text);

    /// <summary>Whether the host and port of the address are among the hosts. The scheme of the address is not checked.</summary>
    public bool Contains(Uri address) => Array.Exists(_entries, entry => entry.Matches(address));
}
