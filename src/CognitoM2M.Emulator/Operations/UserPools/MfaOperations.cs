using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>
/// The operations on multi-factor settings, which tools such as Terraform read with every user pool. The settings are stored only: sign-in
/// never asks for a second factor.
/// </summary>
internal sealed class MfaOperations(UserPoolDirectory userPools)
{
    private const string Mode = "MfaConfiguration";

    private static readonly string[] _details =
        ["SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration", "WebAuthnConfiguration"];

    private static readonly FrozenSet<string> _notDetails = new[] { "UserPoolId", Mode }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly StructureShape _set = _details.Aggregate(
        new StructureShape().With(UserPoolShapes.ById).Optional(Mode, Shape.OneOf("OFF", "ON", "OPTIONAL")),
        (shape, detail) => shape.Optional(detail, new StructureShape()));

    public IEnumerable<JsonApiOperation> All =>
    [
        new("GetUserPoolMfaConfig", UserPoolShapes.ById, input => Describe(userPools.RequireUserPool(input))),
        new("SetUserPoolMfaConfig", _set, Set),
    ];

    private JsonObject Set(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        if (input.GetText(Mode) == "ON" && !HasFactor(input))
            throw RefusedException.InvalidParameter("Invalid MFA configuration: MfaConfiguration ON needs a factor. Configure SMS, software token or email.");

        pool.Update(pool.Settings with
        {
            Members = pool.Settings.Members.With(Mode, input.GetText(Mode)),
            MfaDetails = WireSettings.Read(input.Members, _notDetails),
        });
        return Describe(pool);
    });

    // A software token has a switch of its own. SMS and email are configured by their settings.
    private static bool HasFactor(JsonApiInput input) =>
        input.GetStructure("SoftwareTokenMfaConfiguration")?.GetFlag("Enabled") == true
        || input.Has("SmsMfaConfiguration") || input.Has("EmailMfaConfiguration");

    private static JsonObject Describe(EmulatedUserPool pool)
    {
        var described = pool.Settings.MfaDetails.ToJson();
        described[Mode] = pool.Settings.Members.GetText(Mode) ?? "OFF";
        return described;
    }
}
