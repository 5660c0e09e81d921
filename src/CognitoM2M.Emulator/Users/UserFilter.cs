using System.Text.RegularExpressions;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>The filter of ListUsers: one attribute, <c>=</c> for the whole value or <c>^=</c> for its beginning, and the value in quotes.</summary>
internal sealed partial class UserFilter
{
    private const string Username = "username";
    private const string UserStatus = "cognito:user_status";
    private const string Status = "status";
    private const string Enabled = "Enabled";
    private const string Disabled = "Disabled";

    private static readonly string[] _searchable =
        [Username, "email", "phone_number", "name", "given_name", "family_name", "preferred_username", UserStatus, Status, PoolUser.SubAttribute];

    private readonly string _attribute;
    private readonly string _value;
    private readonly bool _isPrefix;

    private UserFilter(string attribute, string value, bool isPrefix) => (_attribute, _value, _isPrefix) = (attribute, value, isPrefix);

    /// <summary>Reads a filter; null if the text is empty or missing, which stands for all users.</summary>
    /// <exception cref="RefusedException">The text has another form, or Cognito cannot search for the attribute.</exception>
    public static UserFilter? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        // The words of Cognito's refusals are not documented.
        if (Form().Match(text) is not { Success: true } match)
            throw RefusedException.InvalidParameter("Error while parsing filter.");
        var attribute = match.Groups["attribute"].Value;
        if (!_searchable.Contains(attribute, StringComparer.Ordinal))
            throw RefusedException.InvalidParameter($"Invalid search attribute: {attribute}");
        return new(attribute, Escape().Replace(match.Groups["value"].Value, "${character}"), match.Groups["prefix"].Success);
    }

    public bool Matches(PoolUser user)
    {
        var value = _attribute switch
        {
            Username => user.Username,
            PoolUser.SubAttribute => user.Sub,
            UserStatus => user.Status,
            Status => user.IsEnabled ? Enabled : Disabled,
            _ => user.Attributes.FirstOrDefault(attribute => attribute.Name == _attribute)?.Value,
        };
        var comparison = _attribute == UserStatus ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return value is not null && (_isPrefix ? value.StartsWith(_value, comparison) : string.Equals(value, _value, comparison));
    }

    [GeneratedRegex("""^\s*"?(?<attribute>[a-z_:]+)"?\s*(?<prefix>\^)?=\s*"(?<value>([^"\\]|\\.)*)"\s*\z""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"\\(?<character>.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
