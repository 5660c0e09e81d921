using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>
/// The names of temporary users: a marker, the time, and random characters. A user whose run was killed is found by this name.
/// </summary>
internal static partial class TemporaryUserName
{
    /// <summary>The beginning of the name of every temporary user.</summary>
    public const string Marker = "cognito-m2m-temp-";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int RandomLength = 16;

    /// <summary>Creates a name.</summary>
    /// <param name="now">The time.</param>
    /// <param name="emailDomain">The domain of the address; null if the name is no address.</param>
    public static string Create(DateTimeOffset now, string? emailDomain)
    {
        var name = $"{Marker}{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", RandomLength)}";
        return emailDomain is null ? name : $"{name}@{emailDomain}";
    }

    /// <summary>The time when the user with this name was created; null if the name is not the name of a temporary user.</summary>
    public static DateTimeOffset? FindTime(string? name) =>
        name is not null && Form().Match(name) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Groups["time"].ValueSpan, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    [GeneratedRegex(@"^cognito-m2m-temp-(?<time>[0-9]{8}T[0-9]{6}Z)-[a-z0-9]{16}(@[^@\s]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
