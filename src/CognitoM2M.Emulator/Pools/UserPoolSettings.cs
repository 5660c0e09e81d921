using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>The settings of a user pool that can change. Immutable.</summary>
internal sealed record UserPoolSettings
{
    public const string TagsMember = "UserPoolTags";
    public const string SchemaMember = "Schema";

    /// <summary>The attributes of AddCustomAttributes. Not a member of the API: descriptions show all attributes in one list.</summary>
    public const string AddedAttributesMember = "AddedAttributes";

    public const string DefaultTier = "ESSENTIALS";

    public const string MfaMember = "MfaConfiguration";

    /// <summary>The mode in which every user needs a second factor.</summary>
    public const string MfaForAll = "ON";

    public required string Name { get; init; }

    /// <summary>The settings by their names in the API. A setting that is missing has its default.</summary>
    public WireSettings Members { get; init; } = WireSettings.Empty;

    /// <summary>The settings of SetUserPoolMfaConfig except the mode.</summary>
    public WireSettings MfaDetails { get; init; } = WireSettings.Empty;

    public DateTimeOffset LastModifiedAt { get; init; }

    public bool IsDeletionProtected => Members.GetText("DeletionProtection") == "ACTIVE";

    public string MfaMode => Members.GetText(MfaMember) ?? "OFF";

    /// <summary>The function that Cognito calls before it issues a token; null for none.</summary>
    /// <param name="isForUser">Whether the token is one of a user. A token of an app client of its own is changed by the event version V3_0 alone.</param>
    public string? FindTokenTrigger(bool isForUser) =>
        Find("LambdaConfig", "PreTokenGenerationConfig", "LambdaArn") is not { } function ? isForUser ? Find("LambdaConfig", "PreTokenGeneration") : null
        : isForUser || Find("LambdaConfig", "PreTokenGenerationConfig", "LambdaVersion") == "V3_0" ? function
        : null;

    public string Tier => Members.GetText("UserPoolTier") ?? DefaultTier;

    public ImmutableSortedDictionary<string, string> Tags =>
        (Members.Find(TagsMember)?.EnumerateObject().ToImmutableSortedDictionary(
            tag => tag.Name, tag => tag.Value.GetString()!, StringComparer.Ordinal))
        ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private string? Find(string name, params ReadOnlySpan<string> path) => Members.Find(name, path)?.GetString();
}
