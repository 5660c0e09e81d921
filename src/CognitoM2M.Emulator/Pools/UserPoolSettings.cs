using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Pools;

/// <summary>The settings of a user pool that can change. Immutable.</summary>
internal sealed record UserPoolSettings
{
    public const string TagsMember = "UserPoolTags";
    public const string DefaultTier = "ESSENTIALS";

    public required string Name { get; init; }

    /// <summary>The settings by their names in the API. A setting that is missing has its default.</summary>
    public WireSettings Members { get; init; } = WireSettings.Empty;

    /// <summary>The settings of SetUserPoolMfaConfig except the mode.</summary>
    public WireSettings MfaDetails { get; init; } = WireSettings.Empty;

    public DateTimeOffset LastModifiedAt { get; init; }

    public bool IsDeletionProtected => Members.GetText("DeletionProtection") == "ACTIVE";

    public string Tier => Members.GetText("UserPoolTier") ?? DefaultTier;

    public ImmutableSortedDictionary<string, string> Tags =>
        (Members.Find(TagsMember)?.EnumerateObject().ToImmutableSortedDictionary(
            tag => tag.Name, tag => tag.Value.GetString()!, StringComparer.Ordinal))
        ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <param name="name">The name of the pool.</param>
    /// <param name="usernameAttributes">The attributes that users sign in with; empty if they have user names.</param>
    public static UserPoolSettings Create(string name, IReadOnlyList<string> usernameAttributes) => new()
    {
        Name = name,
        Members = usernameAttributes.Count == 0
            ? WireSettings.Empty
            : WireSettings.Empty.With("UsernameAttributes", new JsonArray([.. usernameAttributes.Select(attribute => JsonValue.Create(attribute))])),
    };
}
