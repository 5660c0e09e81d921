using System.Text.RegularExpressions;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>
/// Tells which variables may hold a secret. A blueprint may come from anybody, and plans show its values. So it must not show the secrets in the
/// environment of the person who plans it.
/// </summary>
internal static partial class SecretVariables
{
    private static readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase) { "pass", "pwd", "pw", "cred", "creds", "dsn", "jwt", "pat" };

    private static readonly HashSet<string> _lastWords = new(StringComparer.OrdinalIgnoreCase) { "auth", "cookie", "key", "keys", "otp", "pin", "salt", "token", "tokens" };

    private static readonly string[] _ofPlatforms =
        ["ACTIONS_", "AWS_", "AZURE_", "BITBUCKET_", "BUILDKITE_", "CI_", "CIRCLE_", "GH_", "GITHUB_", "GITLAB_", "JENKINS_", "RUNNER_", "SYSTEM_", "TEAMCITY_", "TRAVIS_"];

    /// <summary>Whether a variable has the name of a secret, such as <c>DB_PASS</c>, <c>stripeKey</c> or <c>DATABASE_URL</c>.</summary>
    public static bool IsNameOfSecret(string name)
    {
        var words = Word().Matches(name).Select(match => match.Value).ToList();
        return words.Exists(_words.Contains)
            || (words.Count > 0 && _lastWords.Contains(words[^1]))
            || Part().IsMatch(name.Replace("_", "", StringComparison.Ordinal))
            || StoreAddress().IsMatch(name);
    }

    /// <summary>
    /// Whether AWS or a build server sets a variable. The value of <c>secretVariable</c> becomes the secret of an app client, which other people can read. So a
    /// blueprint must not name a credential of the machine.
    /// </summary>
    public static bool BelongsToPlatform(string name) => _ofPlatforms.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a value is an address that holds a password, such as <c>postgres://user:password@host</c>.</summary>
    public static bool HoldsPassword(string value) => AddressWithPassword().IsMatch(value);

    // DB_PASS has the words DB and PASS, dbPass has db and Pass.
    [GeneratedRegex("[A-Z]*[a-z0-9]+|[A-Z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(
        "secret|passw|passphrase|passcode|credential|connectionstring|connstr|webhook|(access|account|api|auth|client|deploy|encryption|license|master|private|service|session|shared|signing|storage)key|(access|api|auth|bearer|id|refresh|session)token(?!lifetime|validity|url|endpoint)|token$|dsn$|pwd$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();

    // The address of a database or a queue usually holds its password.
    [GeneratedRegex(
        "(amqp|broker|cache|database|db|jdbc|kafka|mongo|mongodb|mysql|postgres|postgresql|rabbitmq|redis|smtp|sql)_?(url|uri)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoreAddress();

    [GeneratedRegex(@"://[^/?#\s@]*:[^/?#\s@]+@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddressWithPassword();
}
