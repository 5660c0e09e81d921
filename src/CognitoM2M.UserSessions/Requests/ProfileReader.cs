using System.Text.Json;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>Reads the answer of GetUser.</summary>
internal static class ProfileReader
{
    /// <exception cref="CognitoUserSessionException">The body is not such an answer.</exception>
    public static CognitoUserProfile Read(string operation, JsonElement body)
    {
        if (FindText(body, "Username") is not { Length: > 0 } username
            || !body.TryGetProperty("UserAttributes", out var list) || list.ValueKind != JsonValueKind.Array)
            throw SessionFailures.Create(OwnErrors.InvalidResponse, operation);

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (FindText(item, "Name") is { } name)
                attributes[name] = FindText(item, "Value") ?? "";
        }

        return new CognitoUserProfile(username, attributes)
        {
            PreferredMfa = FindText(body, "PreferredMfaSetting"),
            MfaSettings = body.TryGetProperty("UserMFASettingList", out var settings) && settings.ValueKind == JsonValueKind.Array
                ? [.. settings.EnumerateArray().Where(setting => setting.ValueKind == JsonValueKind.String).Select(setting => setting.GetString()!)]
                : [],
        };
    }

    private static string? FindText(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
