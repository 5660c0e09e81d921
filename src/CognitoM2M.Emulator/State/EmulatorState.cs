using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Emulator.State;

/// <summary>The content of the state file: everything that an emulator keeps over a restart.</summary>
/// <remarks>Classes and not records, because the text of a record would show secrets.</remarks>
internal sealed class EmulatorState
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The key that encrypts page tokens, sessions and refresh tokens.</summary>
    public required byte[] SealingKey { get; init; }

    public required long LastSequence { get; init; }

    public required IReadOnlyList<UserPoolState> UserPools { get; init; }
}

internal sealed class UserPoolState
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required long Sequence { get; init; }
    public required bool NeedsDomain { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastModifiedAt { get; init; }
    public required JsonElement Members { get; init; }
    public required JsonElement MfaDetails { get; init; }
    public required IReadOnlyList<DomainState> Domains { get; init; }
    public required IReadOnlyList<ResourceServerState> ResourceServers { get; init; }
    public required IReadOnlyList<AppClientState> AppClients { get; init; }
    public required IReadOnlyList<UserState> Users { get; init; }

    /// <summary>Empty in files of earlier versions, as are identity providers.</summary>
    public IReadOnlyList<NamedSettingsState> Groups { get; init; } = [];
    public IReadOnlyList<NamedSettingsState> IdentityProviders { get; init; } = [];

    /// <summary>Empty in files of earlier versions: users must sign in again.</summary>
    public IReadOnlyList<SignInState> SignIns { get; init; } = [];
    public required SigningKeyState? AccessTokenKey { get; init; }
    public required SigningKeyState? IdTokenKey { get; init; }
    public required IReadOnlyList<SigningKeyState> OldKeys { get; init; }
}

internal sealed class DomainState
{
    public required string Name { get; init; }
    public required int ManagedLoginVersion { get; init; }
    public required JsonElement? CustomDomainConfig { get; init; }
    public required JsonElement? Routing { get; init; }
    public required string CloudFrontDistribution { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastModifiedAt { get; init; }
}

internal sealed class ResourceServerState
{
    public required string Identifier { get; init; }
    public required string Name { get; init; }
    public required long Sequence { get; init; }
    public required IReadOnlyList<TextPair> Scopes { get; init; }
}

internal sealed class AppClientState
{
    public required string ClientId { get; init; }
    public required string ClientName { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastModifiedAt { get; init; }
    public required bool AllowedOAuthFlowsUserPoolClient { get; init; }
    public required IReadOnlyList<string> AllowedOAuthFlows { get; init; }
    public required IReadOnlyList<string> AllowedOAuthScopes { get; init; }
    public required IReadOnlyList<string> ExplicitAuthFlows { get; init; }
    public required ValidityState AccessTokenValidity { get; init; }
    public required ValidityState IdTokenValidity { get; init; }
    public required ValidityState RefreshTokenValidity { get; init; }
    public required IReadOnlyList<SecretState> Secrets { get; init; }
    public required JsonElement Others { get; init; }

    /// <summary>Null in files of earlier versions.</summary>
    public JsonElement? AccessTokenClaims { get; init; }
}

internal sealed class ValidityState
{
    public required int? Amount { get; init; }
    public required string? Unit { get; init; }
}

internal sealed class SecretState
{
    public required string Id { get; init; }
    public required string Value { get; init; }
    public required bool IsOriginal { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class UserState
{
    public required string Username { get; init; }
    public required string Sub { get; init; }

    /// <summary>0 in files of earlier versions.</summary>
    public long Sequence { get; init; }
    public required string Status { get; init; }

    /// <summary>False in files of earlier versions.</summary>
    public bool IsDisabled { get; init; }
    public required byte[] PasswordSalt { get; init; }
    public required byte[] PasswordHash { get; init; }

    /// <summary>Missing in files of earlier versions.</summary>
    public DateTimeOffset? PasswordSetAt { get; init; }

    /// <summary>Newest first. Empty in files of earlier versions.</summary>
    public IReadOnlyList<PasswordState> FormerPasswords { get; init; } = [];
    public required IReadOnlyList<TextPair> Attributes { get; init; }

    /// <summary>The wrong passwords since the last sign-in. 0 in files of earlier versions.</summary>
    public int FailedAttempts { get; init; }
    public DateTimeOffset LastFailedAt { get; init; }
    public DateTimeOffset LastAttemptAt { get; init; }

    /// <summary>The names of the user's groups. Empty in files of earlier versions.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastModifiedAt { get; init; }
}

internal sealed class PasswordState
{
    public required byte[] Salt { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class SignInState
{
    public required string EventId { get; init; }
    public required string OriginJti { get; init; }
    public required string ClientId { get; init; }
    public required string Sub { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required DateTimeOffset SignedInAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required int Rotations { get; init; }
    public required DateTimeOffset LastRotatedAt { get; init; }
    public required bool IsRevoked { get; init; }
}

/// <summary>A group or an identity provider.</summary>
internal sealed class NamedSettingsState
{
    public required string Name { get; init; }
    public required long Sequence { get; init; }
    public required JsonElement Members { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SigningKeyState
{
    public required string KeyId { get; init; }

    /// <summary>The private key, in PKCS #8.</summary>
    public required byte[] Pkcs8 { get; init; }
}

/// <summary>A scope and its description, or an attribute and its value.</summary>
internal sealed class TextPair
{
    public required string Name { get; init; }
    public required string Value { get; init; }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EmulatorState))]
internal sealed partial class EmulatorStateJson : JsonSerializerContext;
