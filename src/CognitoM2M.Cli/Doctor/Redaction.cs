using System.Text.RegularExpressions;

namespace CognitoM2M.Cli.Doctor;

/// <summary>Takes secrets and tokens out of every text, and shortens ids unless the user wants them whole, so that the output can be sent to others.</summary>
/// <param name="examination">Knows the secret, the token and the ids.</param>
/// <param name="showsFullIds">Whether the user wants ids whole.</param>
internal sealed partial class Redaction(Examination examination, bool showsFullIds)
{
    private const int ShownLength = 4;

    // Cognito accepts no shorter password and no shorter client secret. To replace a shorter text wherever it stands would make messages unreadable.
    private const int ShortestSecret = 6;

    private readonly List<(string Hidden, string Shown)> _secrets = examination.HasSubject ? [.. FindSecrets(examination.Subject.Options)] : [];

    public string Apply(string text)
    {
        text = Replace(text, examination.Answer?.Token?.Value, "[token]");
        foreach (var (hidden, shown) in _secrets)
            text = Replace(text, hidden, shown);
        if (showsFullIds)
            return text;
        return ShortenPatterns(examination.HasSubject ? Replace(text, examination.Subject.Options.ClientId, Shorten(examination.Subject.Options.ClientId!)) : text);
    }

    private static IEnumerable<(string Hidden, string Shown)> FindSecrets(CognitoM2MClientOptions options) =>
        from one in new (string? Hidden, string Shown)[]
        {
            (options.ClientSecret, "[secret]"),
            (ReadFile(options.ClientSecretFile), "[secret]"),
            (options.Password, "[password]"),
            (ReadFile(options.PasswordFile), "[password]"),
        }
        where one.Hidden is { Length: >= ShortestSecret }
        // A secret may hold another one. The longer one goes first, so that no part of it stays.
        orderby one.Hidden.Length descending
        select (one.Hidden, one.Shown);

    private static string? ReadFile(string? path)
    {
        try
        {
            return path is null ? null : File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Nobody could read a secret from this file, so none can be in a text.
            return null;
        }
    }

    private static string ShortenPatterns(string text)
    {
        text = UserPoolId().Replace(text, match => $"{match.Groups["region"].Value}_{Shorten(match.Groups["name"].Value)}");
        return OtherId().Replace(text, match => Shorten(match.Value));
    }

    private static string Shorten(string id) => id.Length <= ShownLength ? id : id[..ShownLength] + "...";

    private static string Replace(string text, string? hidden, string shown) =>
        string.IsNullOrEmpty(hidden) ? text : text.Replace(hidden, shown, StringComparison.Ordinal);

    [GeneratedRegex(@"\b(?<region>[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2})_(?<name>[0-9A-Za-z]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPoolId();

    // App client ids have 26 lower-case letters and digits, with at least one digit; account ids have 12 digits.
    [GeneratedRegex(@"\b((?=[a-z]*[0-9])[0-9a-z]{26}|[0-9]{12})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherId();
}
