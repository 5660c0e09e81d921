using System.Text.Json;

namespace CognitoM2M.Lambda.Users;

/// <summary>Reads claims from the event of a request. API Gateway writes every claim as a text; programs that imitate it may write other JSON.</summary>
internal static class ClaimTexts
{
    public static IEnumerable<KeyValuePair<string, string>> Read(JsonElement claims) =>
        claims.EnumerateObject().SelectMany(claim => ReadValues(claim.Value).Select(value => KeyValuePair.Create(claim.Name, value)));

    private static IEnumerable<string> ReadValues(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(ReadValues),
        JsonValueKind.Null => [],
        _ => [value.GetRawText()],
    };
}
