using System.Text.RegularExpressions;

namespace CognitoM2M.Cli.Doctor;

/// <summary>Takes secrets and tokens out of every text, and shortens ids unless the user wants them whole, so that the output can be sent to others.</summary>
/// <param name="examination">Knows the token and the ids.</param>
/// <param name="secrets">The secrets and passwords that the run has read.</param>
/// <param name="showsFullIds">Whether the user wants ids whole.</param>
internal sealed partial class Redaction(Examination examination, KnownSecrets secrets, bool showsFullIds)
{
    private const int ShownLength = 4;

    // Cognito accepts no shorter password and no shorter client secret. To replace a shorter text wherever it stands would make messages unreadable.
    private const int ShortestSecret = 6;

    private readonly IReadOnlyList<(string Value, string Shown)> _secrets = secrets.List(ShortestSecret);

    public string Apply(string text)
    {
        text = Replace(text, examination.Answer?.Token?.Value, "[token]");
        foreach (var (value, shown) in _secrets)
            text = Replace(text, value, shown);
        if (showsFullIds)
            return text;
        return ShortenPatterns(examination.HasSubject ? Replace(text, examination.Subject.Options.ClientId, Shorten(examination.Subject.Options.ClientId!)) : text);
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
