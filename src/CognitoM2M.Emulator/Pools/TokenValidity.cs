namespace CognitoM2M.Emulator.Pools;

/// <summary>A token lifetime in the form of the API: an amount and a unit.</summary>
/// <param name="Amount">Null for the default lifetime.</param>
/// <param name="Unit">Null for the default unit.</param>
internal readonly record struct TokenValidity(int? Amount, string? Unit)
{
    public const string Seconds = "seconds";
    public const string Minutes = "minutes";
    public const string Hours = "hours";
    public const string Days = "days";

    /// <summary>Converts a lifetime into the largest unit in which it is a whole number.</summary>
    public static TokenValidity FromTimeSpan(TimeSpan lifetime) => (long)lifetime.TotalSeconds switch
    {
        var seconds when seconds % 86400 == 0 => new((int)(seconds / 86400), Days),
        var seconds when seconds % 3600 == 0 => new((int)(seconds / 3600), Hours),
        var seconds when seconds % 60 == 0 => new((int)(seconds / 60), Minutes),
        var seconds => new((int)seconds, Seconds),
    };

    /// <summary>
    /// The lifetime in seconds. A number, because an amount with a wrong unit (315,360,000 days) is longer than a TimeSpan can be.
    /// </summary>
    public long GetTotalSeconds(TokenKind kind) => Amount is { } amount and > 0
        ? amount * GetSecondsPer(Unit ?? kind.DefaultUnit)
        : (long)kind.DefaultLifetime.TotalSeconds;

    private static long GetSecondsPer(string unit) => unit switch
    {
        Days => 86400,
        Hours => 3600,
        Minutes => 60,
        _ => 1,
    };
}

/// <summary>The kinds of token whose lifetimes an app client sets.</summary>
internal sealed class TokenKind
{
    private TokenKind(string name, string defaultUnit, TimeSpan defaultLifetime, TimeSpan shortest, TimeSpan longest)
    {
        Name = name;
        DefaultUnit = defaultUnit;
        DefaultLifetime = defaultLifetime;
        Shortest = shortest;
        Longest = longest;
    }

    public static TokenKind Access { get; } =
        new("AccessToken", TokenValidity.Hours, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    public static TokenKind Id { get; } =
        new("IdToken", TokenValidity.Hours, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    public static TokenKind Refresh { get; } =
        new("RefreshToken", TokenValidity.Days, TimeSpan.FromDays(30), TimeSpan.FromHours(1), TimeSpan.FromDays(3650));

    public static IReadOnlyList<TokenKind> All { get; } = [Access, Id, Refresh];

    /// <summary>
    /// The name of the member of <c>TokenValidityUnits</c> that holds the unit. The amount is in the member <c>{Name}Validity</c>.
    /// </summary>
    public string Name { get; }

    public string DefaultUnit { get; }

    public TimeSpan DefaultLifetime { get; }

    public TimeSpan Shortest { get; }

    public TimeSpan Longest { get; }
}
