namespace CognitoM2M.Cli.Commands;

/// <summary>Finds variables for a blueprint, and keeps those that the blueprint uses, so that a saved plan can hold them.</summary>
/// <param name="find">Finds the value of a variable; null if it is not set.</param>
internal sealed class UsedVariables(Func<string, string?> find)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Values => _values;

    public string? Find(string name)
    {
        if (find(name) is not { } value)
            return null;

        return _values[name] = value;
    }
}
