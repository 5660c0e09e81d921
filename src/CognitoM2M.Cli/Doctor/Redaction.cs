using System.Text.RegularExpressions;

namespace CognitoM2M.Cli.Doctor;

/// <summary>Takes secrets and tokens out of every text, and shortens ids unless the user wants them whole, so that the output can be sent to others.</summary>
/// <param name="examination">Knows the secret, the token and the ids.</param>
/// <param name="showsFullIds">Whether the user wants ids whole.</param>
internal sealed partial class Redaction(Examination examination, bool showsFullIds)
{
    private const int ShownLength = 4;

    // Cognito's secrets have at least 24 characters. To replace a shorter text wherever it stands would make messages unreadable.
    private const int ShortestSecret = 12;

    public string Apply(string text)
    {
        text = Replace(text, examination.Answer?.Token?.Value, "[token]");
        if (!examination.HasSubject)
            return showsFullIds ? text : ShortenPatterns(text);

        if (examination.Subject.Options.ClientSecret is { Length: >= ShortestSecret } secret)
            text = Replace(text, secret, "[secret]");
        if (examination.Subject.Options.Password is { Length: >= ShortestSecret } password)
            text = Replace(text, password, "[password]");
        return showsFullIds ? text : ShortenPatterns(Replace(text, examination.Subject.Options.ClientId, Shorten(examination.Subject.Options.ClientId!)));
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
