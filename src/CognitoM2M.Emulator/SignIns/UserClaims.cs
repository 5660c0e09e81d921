using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Decides which attributes of a user an app client gets to see.</summary>
internal static class UserClaims
{
    public const string OpenId = "openid";

    private static readonly string[] _email = ["email", "email_verified"];
    private static readonly string[] _phone = ["phone_number", "phone_number_verified"];

    /// <summary>
    /// Whether the scopes show an attribute. <c>profile</c> shows all of them, and so does <c>openid</c> without <c>profile</c>, <c>email</c>
    /// and <c>phone</c>.
    /// </summary>
    public static bool IsShown(string attribute, IReadOnlyCollection<string> scopes)
    {
        var (email, phone) = (Has("email"), Has("phone"));
        return Has("profile")
            || (!email && !phone)
            || (email && _email.Contains(attribute, StringComparer.Ordinal))
            || (phone && _phone.Contains(attribute, StringComparer.Ordinal));

        bool Has(string scope) => scopes.Contains(scope, StringComparer.Ordinal);
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
