using System.Text.RegularExpressions;

namespace CognitoM2M.Analyzers.Code;

/// <summary>Knows texts that stand in the place of a secret: a build, a deployment or a person replaces them.</summary>
internal static class Placeholder
{
    // ***, ${SECRET}, $(Secret), %SECRET%, {{secret}}, #{Secret}#, <client secret>, [secret], __SECRET__, @Microsoft.KeyVault(...), ORDERS_SECRET
    private static readonly Regex _form = new(
        @"^(?:[^\p{L}\p{N}]*|\$\{.*\}|\$\(.*\)|%.*%|#?\{.*\}#?|<.*>|\[.*\]|\(.*\)|__.*__|@Microsoft\.KeyVault\(.*\)|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    private static readonly Regex _words = new(
        "^(?:placeholder|change(?:me|it|this)|replaceme|todo|tbd|none|unset|notset|unused|missing|dummy|redacted|x+|(?:your|the|my)?(?:client|app)?(?:secret|password)(?:here)?|your.*(?:secret|password).*)$",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static bool Is(string text)
    {
        var trimmed = text.Trim();
        return _form.IsMatch(trimmed) || _words.IsMatch(string.Concat(trimmed.Where(char.IsLetterOrDigit)).ToLowerInvariant());
    }
}
