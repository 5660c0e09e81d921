using System.Text.Json;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The second factors in the settings of a user pool.</summary>
internal static class MfaFactors
{
    /// <summary>Whether there is a factor. A software token has a switch of its own; SMS and email are configured by their settings.</summary>
    public static bool HasAny(WireSettings details) =>
        details.Find("SoftwareTokenMfaConfiguration", "Enabled") is { ValueKind: JsonValueKind.True }
        || details.Find("SmsMfaConfiguration") is not null
        || details.Find("EmailMfaConfiguration") is not null;

    public static RefusedException CreateMissing() => RefusedException.InvalidParameter(
        "Invalid MFA configuration: MfaConfiguration ON needs a factor. Configure SMS, software token or email.");
}
