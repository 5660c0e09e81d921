using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Instants as the JSON API writes them: seconds since 1970, with milliseconds as a fraction.</summary>
internal static class EpochSeconds
{
    public static JsonValue ToJson(DateTimeOffset instant) => JsonValue.Create(instant.ToUnixTimeMilliseconds() / 1000m);
}
