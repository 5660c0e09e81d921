using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>
/// The names that users have besides their user name: an attribute takes its place (<c>UsernameAttributes</c>), or stands beside it
/// (<c>AliasAttributes</c>).
/// </summary>
internal static class UserNames
{
    public const string Email = "email";
    public const string PhoneNumber = "phone_number";
    private const string PreferredUsername = "preferred_username";

    /// <summary>What users of the pool sign in with, for people.</summary>
    public static string Describe(EmulatedUserPool pool) => ListNameAttributes(pool) switch
    {
        [] => "User name",
        [Email] => "Email address",
        [PhoneNumber] => "Phone number",
        _ => "Email address or phone number",
    };

    /// <summary>Finds the attribute that a new user's name is kept in.</summary>
    /// <returns>The name of the attribute; null if the pool has user names of its own.</returns>
    /// <exception cref="RefusedException">The name is not one that users of the pool may have.</exception>
    public static string? FindAttribute(EmulatedUserPool pool, string username)
    {
        var kind = IsEmail(username) ? Email : IsPhoneNumber(username) ? PhoneNumber : null;
        var names = ListNameAttributes(pool);
        if (names.IsEmpty)
        {
            return kind is null || !ListAliases(pool).Contains(kind, StringComparer.Ordinal)
                ? null
                : throw RefusedException.InvalidParameter(
                    $"Username cannot be of {(kind == Email ? "email" : "phone number")} format, since user pool is configured for "
                        + $"{(kind == Email ? "email" : "phone number")} alias.");
        }

        return kind is not null && names.Contains(kind, StringComparer.Ordinal)
            ? kind
            : throw RefusedException.InvalidParameter(names switch
            {
                [Email] => "Username should be an email.",
                [PhoneNumber] => "Username should be a phone number.",
                _ => "Username should be either an email or a phone number.",
            });
    }

    /// <summary>The values by which the user is found, with the attributes that hold them.</summary>
    public static IEnumerable<UserAttribute> ListOtherNames(EmulatedUserPool pool, PoolUser user) =>
        user.Attributes.Where(attribute => IsOtherName(pool, user, attribute.Name));

    /// <summary>Whether an alias of one user can be given to another user: the alias must be verified.</summary>
    public static bool CanBeTaken(string attribute) => attribute != PreferredUsername;

    /// <summary>The attribute that says whether another attribute is verified.</summary>
    public static string GetVerifiedName(string attribute) => $"{attribute}_verified";

    // An alias of a user counts when it is verified. An attribute in place of the user name always counts.
    private static bool IsOtherName(EmulatedUserPool pool, PoolUser user, string attribute) =>
        ListNameAttributes(pool).Contains(attribute, StringComparer.Ordinal)
        || (ListAliases(pool).Contains(attribute, StringComparer.Ordinal) && (attribute == PreferredUsername || IsVerified(user, attribute)));

    private static bool IsVerified(PoolUser user, string attribute) =>
        user.Attributes.Any(other => other.Name == GetVerifiedName(attribute) && other.Value == "true");

    private static ImmutableArray<string> ListNameAttributes(EmulatedUserPool pool) => List(pool, "UsernameAttributes");

    private static ImmutableArray<string> ListAliases(EmulatedUserPool pool) => List(pool, "AliasAttributes");

    private static ImmutableArray<string> List(EmulatedUserPool pool, string setting) =>
        [.. pool.Settings.Members.Find(setting)?.EnumerateArray().Select(attribute => attribute.GetString()!) ?? []];

    public static bool IsEmail(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == text.LastIndexOf('@')
        && at < text.Length - 1
        && !text.Any(char.IsWhiteSpace);

    // E.164, as Cognito requires for phone numbers.
    public static bool IsPhoneNumber(string text) => text is ['+', _, ..] && text.Length <= 16 && text.Skip(1).All(char.IsAsciiDigit);
}
