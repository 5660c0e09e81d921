using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Collects what a user pool has and a blueprint does not describe.</summary>
internal sealed class ImportNotes
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds a thing and why the blueprint does not describe it.</summary>
    public void Add(string thing, IEnumerable<string> reasons) => _lines.Add(OneLine.Escape($"{thing}: {string.Join("; ", reasons)}"));

    /// <inheritdoc cref="Add(string, IEnumerable{string})"/>
    public void Add(string thing, string reason) => Add(thing, [reason]);

    /// <summary>Adds settings that stay as they are; nothing if there are none.</summary>
    public void AddSettings(string thing, IEnumerable<string> names)
    {
        if (names.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } sorted)
            Add(thing, $"settings {string.Join(", ", sorted)}");
    }
}
