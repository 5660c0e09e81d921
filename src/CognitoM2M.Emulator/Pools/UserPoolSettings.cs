using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>What can change about a user pool itself.</summary>
internal sealed record UserPoolSettings
{
    public const string TagsMember = "UserPoolTags";
    public const string DefaultTier = "ESSENTIALS";

    public required string Name { get; init; }

    /// <summary>Named as on the wire; what is left out has its default.</summary>
    public SettingsBag Members { get; init; } = SettingsBag.Empty;

    /// <summary>What SetUserPoolMfaConfig has set besides the mode.</summary>
    public SettingsBag MfaDetails { get; init; } = SettingsBag.Empty;

    public DateTimeOffset LastModifiedAt { get; init; }

    public bool IsDeletionProtected => Members.Text("DeletionProtection") == "ACTIVE";

    public string Tier => Members.Text("UserPoolTier") ?? DefaultTier;

    public ImmutableSortedDictionary<string, string> Tags =>
        (Members.Find(TagsMember)?.EnumerateObject().ToImmutableSortedDictionary(
            tag => tag.Name, tag => tag.Value.GetString()!, StringComparer.Ordinal))
        ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
