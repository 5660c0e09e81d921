using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Decides which attributes of a user an app client gets to see.</summary>
internal static class UserClaims
{
    public const string OpenId = "openid";

    private static readonly FrozenDictionary<string, string[]> _attributesByScope = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["email"] = ["email", "email_verified"],
        ["phone"] = ["phone_number", "phone_number_verified"],
        ["profile"] =
        [
            "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "gender",
            "birthdate", "zoneinfo", "locale", "updated_at",
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Whether the scopes show an attribute. <c>openid</c> without <c>profile</c>, <c>email</c> and <c>phone</c> shows all. <c>profile</c> shows
    /// the attributes of the pool's own schema, too.
    /// </summary>
    public static bool IsShown(string attribute, IReadOnlyCollection<string> scopes)
    {
        var narrowing = scopes.Where(_attributesByScope.ContainsKey).ToList();
        return narrowing.Count == 0 || narrowing.Any(scope =>
            _attributesByScope[scope].Contains(attribute, StringComparer.Ordinal)
            || (scope == "profile" && attribute.StartsWith("custom:", StringComparison.Ordinal)));
    }

    /// <summary>The attributes that the app client may read and that the scopes show.</summary>
    public static IEnumerable<UserAttribute> ListAttributes(EmulatedAppClient client, PoolUser user, IReadOnlyCollection<string> scopes)
    {
        var readable = client.Settings.Others.Find("ReadAttributes")?.EnumerateArray()
            .Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
        return user.Attributes.Where(attribute =>
            IsShown(attribute.Name, scopes) && (readable is not { Count: > 0 } || readable.Contains(attribute.Name)));
    }

    /// <summary>Writes the attributes into an ID token. Cognito's own claims have precedence.</summary>
    public static void AddAttributes(EmulatedAppClient client, PoolUser user, IReadOnlyCollection<string> scopes, JsonObject claims)
    {
        foreach (var (name, value) in ListAttributes(client, user, scopes))
            claims.TryAdd(name, name is "email_verified" or "phone_number_verified" ? value == "true" : value);
    }
}
