using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>A user of a pool. Immutable: a change replaces the object.</summary>
internal sealed record PoolUser
{
    public const string Confirmed = "CONFIRMED";
    public const string MustChangePassword = "FORCE_CHANGE_PASSWORD";
    public const string Unconfirmed = "UNCONFIRMED";
    public const string MustResetPassword = "RESET_REQUIRED";
    public const string SubAttribute = "sub";

    public required string Username { get; init; }

    /// <summary>The unique id of the user (claim <c>sub</c>). Never reused.</summary>
    public required string Sub { get; init; }

    /// <summary>The position in lists.</summary>
    public required long Sequence { get; init; }

    public required PasswordHash Password { get; init; }

    public required DateTimeOffset PasswordSetAt { get; init; }

    /// <summary>The passwords before the present one, newest first. As many as a password policy can forbid.</summary>
    public ImmutableArray<PasswordHash> FormerPasswords { get; init; } = [];

    public Lockout Lockout { get; init; } = Lockout.None;

    public required string Status { get; init; }

    /// <summary>Whether the user may sign in at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The attributes in the order given, without <c>sub</c>.</summary>
    public required ImmutableArray<UserAttribute> Attributes { get; init; }

    /// <summary>The names of the groups that the user is a member of.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastModifiedAt { get; init; }

    /// <param name="only">The names of the attributes to show; null for all.</param>
    public JsonArray AttributesToJson(IReadOnlySet<string>? only = null) => new(
    [
        .. Attributes.Insert(0, new UserAttribute(SubAttribute, Sub))
            .Where(attribute => only is null || only.Contains(attribute.Name))
            .Select(attribute => new JsonObject { ["Name"] = attribute.Name, ["Value"] = attribute.Value }),
    ]);

    /// <summary>Describes the user as the JSON API does.</summary>
    /// <param name="attributesMember">The name of the member for the attributes; operations use different names.</param>
    /// <param name="only">The names of the attributes to show; null for all.</param>
    public JsonObject Describe(string attributesMember, IReadOnlySet<string>? only = null) => new()
    {
        [nameof(Username)] = Username,
        [attributesMember] = AttributesToJson(only),
        ["UserCreateDate"] = EpochSeconds.ToJson(CreatedAt),
        ["UserLastModifiedDate"] = EpochSeconds.ToJson(LastModifiedAt),
        ["Enabled"] = IsEnabled,
        ["UserStatus"] = Status,
    };

    public override string ToString() => Username;
}

internal sealed record UserAttribute(string Name, string Value);
