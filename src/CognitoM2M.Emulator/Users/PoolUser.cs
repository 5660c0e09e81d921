using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>A user of a pool. Immutable: a change replaces it.</summary>
internal sealed record PoolUser
{
    public const string Confirmed = "CONFIRMED";
    public const string HasToChangePassword = "FORCE_CHANGE_PASSWORD";

    public required string Username { get; init; }

    /// <summary>Never given to another user.</summary>
    public required string Sub { get; init; }

    public required PasswordHash Password { get; init; }

    public required string Status { get; init; }

    /// <summary>In the order given, without <c>sub</c>.</summary>
    public required ImmutableArray<UserAttribute> Attributes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastModifiedAt { get; init; }

    public JsonArray AttributesJson() => new(
    [
        new JsonObject { ["Name"] = "sub", ["Value"] = Sub },
        .. Attributes.Select(attribute => new JsonObject { ["Name"] = attribute.Name, ["Value"] = attribute.Value }),
    ]);

    public JsonObject Describe(string attributesMember) => new()
    {
        [nameof(Username)] = Username,
        [attributesMember] = AttributesJson(),
        ["UserCreateDate"] = EpochSeconds.Of(CreatedAt),
        ["UserLastModifiedDate"] = EpochSeconds.Of(LastModifiedAt),
        ["Enabled"] = true,
        ["UserStatus"] = Status,
    };

    public override string ToString() => Username;
}

internal sealed record UserAttribute(string Name, string Value);
