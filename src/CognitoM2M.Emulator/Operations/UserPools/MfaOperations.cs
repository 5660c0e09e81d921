using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The multi-factor settings, which tools read with every user pool. Sign-in itself knows no second factor.</summary>
internal sealed class MfaOperations(UserPoolDirectory userPools)
{
    private const string Mode = "MfaConfiguration";

    private static readonly string[] _details =
        ["SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration", "WebAuthnConfiguration"];

    private static readonly FrozenSet<string> _notDetails = new[] { "UserPoolId", Mode }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly StructureShape _set = _details.Aggregate(
        new StructureShape().With(UserPoolInput.ById).Optional(Mode, Shape.OneOf("OFF", "ON", "OPTIONAL")),
        (shape, detail) => shape.Optional(detail, new StructureShape()));

    public IEnumerable<JsonApiOperation> All =>
    [
        new("GetUserPoolMfaConfig", UserPoolInput.ById, input => Described(userPools.RequireUserPool(input))),
        new("SetUserPoolMfaConfig", _set, Set),
    ];

    private JsonObject Set(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        pool.Update(pool.Settings with
        {
            Members = pool.Settings.Members.With(Mode, input.Text(Mode)),
            MfaDetails = SettingsBag.From(input.Members, _notDetails),
        });
        return Described(pool);
    });

    private static JsonObject Described(EmulatedUserPool pool)
    {
        var described = pool.Settings.MfaDetails.ToJson();
        described[Mode] = pool.Settings.Members.Text(Mode) ?? "OFF";
        return described;
    }
}
