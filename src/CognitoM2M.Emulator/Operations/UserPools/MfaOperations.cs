using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>
/// The operations on multi-factor settings, which tools such as Terraform read with every user pool. No user can register a second factor, so
/// users sign in if a factor is optional, and cannot sign in if every user needs one.
/// </summary>
internal sealed class MfaOperations(UserPoolDirectory userPools)
{
    private const string Mode = UserPoolSettings.MfaMember;

    private static readonly FrozenSet<string> _notDetails = new[] { "UserPoolId", Mode }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly StructureShape _set = new StructureShape()
        .With(UserPoolShapes.ById)
        .Optional(Mode, Shape.OneOf("OFF", "ON", "OPTIONAL"))
        .Optional("SmsMfaConfiguration", new StructureShape()
            .Kept("SmsAuthenticationMessage", UserPoolSettingShapes.SmsMessage)
            .Optional("SmsConfiguration", UserPoolSettingShapes.SmsConfiguration))
        .Optional("SoftwareTokenMfaConfiguration", new StructureShape().Optional("Enabled", Shape.Flag))
        .Optional("EmailMfaConfiguration", new StructureShape()
            .Kept("Message", UserPoolSettingShapes.EmailMessage)
            .Kept("Subject", UserPoolSettingShapes.EmailSubject))
        .Optional("WebAuthnConfiguration", new StructureShape()
            .Kept("RelyingPartyId", Shape.Text(TextShape.WithLength(1, 127)))
            .Kept("UserVerification", Shape.OneOf("required", "preferred"))
            .Kept("FactorConfiguration", Shape.OneOf("SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION")));

    public IEnumerable<JsonApiOperation> All =>
    [
        new("GetUserPoolMfaConfig", UserPoolShapes.ById, input => Describe(userPools.RequireUserPool(input))),
        new("SetUserPoolMfaConfig", _set, Set),
    ];

    private JsonObject Set(JsonApiInput input) => userPools.Change(() =>
    {
        var pool = userPools.RequireUserPool(input);
        var details = WireSettings.Read(input.Members, _notDetails);
        if (input.GetText(Mode) == UserPoolSettings.MfaForAll && !MfaFactors.HasAny(details))
            throw MfaFactors.CreateMissing();

        pool.Update(pool.Settings with { Members = pool.Settings.Members.With(Mode, input.GetText(Mode)), MfaDetails = details });
        return Describe(pool);
    });

    private static JsonObject Describe(EmulatedUserPool pool)
    {
        var described = pool.Settings.MfaDetails.ToJson();
        described[Mode] = pool.Settings.MfaMode;
        return described;
    }
}
