using System.Text.Json;
using CognitoM2M.Cli.Tokens;

namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>
/// Which members the header and the claims of the token have. Only names that Cognito gives are shown, because a trigger may add claims whose
/// names tell something about the user.
/// </summary>
internal sealed class TokenMembers() : Observation(6, "auth_time, version and typ in tokens")
{
    private static readonly string[] _known =
    [
        "alg", "kid", "typ", "aud", "auth_time", "client_id", "device_key", "event_id", "exp", "iat", "iss", "jti", "nbf", "origin_jti", "scope", "sub", "token_use",
        "username", "version",
    ];

    public override Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken) => Task.FromResult(
        service.Examination.Answer?.Token is { } token
        && DecodedToken.TryDecode(token.Value) is { Header.ValueKind: JsonValueKind.Object, Claims.ValueKind: JsonValueKind.Object } decoded
            ? $"header {ListNames(decoded.Header)}; claims {ListNames(decoded.Claims)}; version {ShowVersion(decoded.Claims)}"
            : null);

    private static string ListNames(JsonElement members)
    {
        var names = members.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).ToList();
        var known = names.Where(name => _known.Contains(name, StringComparer.Ordinal)).ToList();
        return string.Join(", ", known) + (known.Count < names.Count ? $" and {names.Count - known.Count} more" : "");
    }

    private static string ShowVersion(JsonElement claims) =>
        claims.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number ? version.GetRawText() : "none";
}
