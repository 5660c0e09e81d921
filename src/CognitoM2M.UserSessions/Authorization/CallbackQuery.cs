namespace CognitoM2M.UserSessions.Authorization;

/// <summary>The parameters of a callback. A parameter that is repeated makes the whole query unusable: programs differ in which value they take.</summary>
internal sealed class CallbackQuery
{
    private const int MaxLength = 16 * 1024;

    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private CallbackQuery()
    {
    }

    public string? Code => _parameters.GetValueOrDefault("code");

    public string? State => _parameters.GetValueOrDefault("state");

    public string? Error => _parameters.GetValueOrDefault("error");

    /// <param name="query">The query of the address, with or without its question mark.</param>
    /// <returns>Null if the query is missing or too long, or repeats a parameter.</returns>
    public static CallbackQuery? Read(string? query)
    {
        if (query is null || query.Length > MaxLength)
            return null;

        var result = new CallbackQuery();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = sign < 0 ? (pair, "") : (pair[..sign], pair[(sign + 1)..]);
            if (!result._parameters.TryAdd(Decode(name), Decode(value)))
                return null;
        }

        return result;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
