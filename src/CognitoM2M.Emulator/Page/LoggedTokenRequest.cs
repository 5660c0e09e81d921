using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Page;

/// <summary>A token request and how it ended. Holds no secret and no token.</summary>
internal sealed record LoggedTokenRequest
{
    /// <summary>1 for the first request of the emulator.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>The id of an app client that existed; null otherwise.</summary>
    public required string? ClientId { get; init; }

    /// <summary>The beginning of a client id that belongs to no app client; null otherwise.</summary>
    public required string? UnknownClientId { get; init; }

    public required EmulatedTokenRoute Route { get; init; }

    /// <summary>Whether the app client asked for itself and not for a user. AWS charges for these requests.</summary>
    public required bool IsMachineToMachine { get; init; }

    /// <summary>The scopes that were granted, or the requested ones if there is no token. Separated by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>The HTTP status; null if the caller got no response.</summary>
    public required int? Status { get; init; }

    /// <summary>The error code; null if there is none.</summary>
    public required string? Error { get; init; }

    public required TimeSpan Latency { get; init; }

    /// <summary>The lifetime of the token; null if none was issued.</summary>
    public required TimeSpan? Lifetime { get; init; }

    public JsonObject ToJson() => new()
    {
        ["number"] = Number,
        ["arrivedAt"] = ArrivedAt.ToUnixTimeMilliseconds(),
        ["clientId"] = ClientId,
        ["unknownClientId"] = UnknownClientId,
        ["route"] = Route == EmulatedTokenRoute.OAuth2 ? "/oauth2/token" : "GetClientToken",
        ["scopes"] = Scopes,
        ["status"] = Status,
        ["error"] = Error,
        ["milliseconds"] = Math.Round(Latency.TotalMilliseconds, 1),
    };
}
