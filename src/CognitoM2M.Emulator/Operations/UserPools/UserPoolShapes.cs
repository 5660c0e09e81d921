using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The shapes of the inputs of the user pool operations.</summary>
internal static class UserPoolShapes
{
    /// <summary>The id of a new user pool. Only the emulator has this member: Cognito always chooses the id itself.</summary>
    public const string ChosenId = "ChosenUserPoolId";

    /// <summary>
    /// Members of a description that are not settings, and settings that only CreateUserPool takes. An update may contain them, but only with
    /// the values of the description.
    /// </summary>
    public static IReadOnlyList<string> DescribedInUpdates { get; } =
    [
        "Id", "Name", "Arn", "CreationDate", "LastModifiedDate", "Status", "SchemaAttributes", "Domain", "CustomDomain",
        "EstimatedNumberOfUsers", "SmsConfigurationFailure", "EmailConfigurationFailure", "AliasAttributes", "UsernameAttributes",
        "UsernameConfiguration",
    ];

    private static readonly Shape _poolId = Shape.Text(TextShape.UserPoolId);
    private static readonly Shape _contacts = Shape.ListOf(Shape.OneOf("phone_number", "email"));
    private static readonly Shape _schemaAttribute = UserPoolSettingShapes.SchemaAttribute;

    private static readonly StructureShape _changeable = new StructureShape()
        .Optional("DeletionProtection", Shape.OneOf("ACTIVE", "INACTIVE"))
        .Optional("UserPoolTier", Shape.OneOf("LITE", "ESSENTIALS", "PLUS"))
        .Kept("UserPoolTags", Shape.MapOf(TextShape.TagKey, TextShape.TagValue))
        .Optional("AdminCreateUserConfig", UserPoolSettingShapes.AdminCreateUserConfig)
        .Optional("Policies", UserPoolSettingShapes.Policies)
        .Optional("IssuerConfiguration", new StructureShape().Optional("Type", Shape.OneOf("ORIGINAL", "UPDATED")))
        .Optional("KeyConfiguration", UserPoolSettingShapes.KeyConfiguration)
        .Optional("DcrConfiguration", UserPoolSettingShapes.DcrConfiguration)
        .Refused("AcrConfiguration", "tokens of the emulator have no claim acr")
        .Optional("LambdaConfig", UserPoolSettingShapes.LambdaConfig)
        .Optional("MfaConfiguration", Shape.OneOf("OFF", "ON", "OPTIONAL"))
        .Kept("AutoVerifiedAttributes", _contacts)
        .Optional("AccountRecoverySetting", UserPoolSettingShapes.AccountRecoverySetting)
        .Optional("UserAttributeUpdateSettings", new StructureShape().Kept("AttributesRequireVerificationBeforeUpdate", _contacts))
        .Optional("DeviceConfiguration", UserPoolSettingShapes.DeviceConfiguration)
        .Optional("EmailConfiguration", UserPoolSettingShapes.EmailConfiguration)
        .Optional("SmsConfiguration", UserPoolSettingShapes.SmsConfiguration)
        .Kept("SmsVerificationMessage", UserPoolSettingShapes.SmsMessage)
        .Kept("SmsAuthenticationMessage", UserPoolSettingShapes.SmsMessage)
        .Kept("EmailVerificationMessage", UserPoolSettingShapes.EmailMessage)
        .Kept("EmailVerificationSubject", UserPoolSettingShapes.EmailSubject)
        .Optional("VerificationMessageTemplate", UserPoolSettingShapes.VerificationMessageTemplate)
        .Optional("UserPoolAddOns", UserPoolSettingShapes.AddOns);

    public static StructureShape Create { get; } = new StructureShape()
        .Required("PoolName", Shape.Text(TextShape.PoolName))
        .Optional(ChosenId, _poolId)
        .Optional("AliasAttributes", Shape.ListOf(Shape.OneOf("phone_number", "email", "preferred_username")))
        .Optional("UsernameAttributes", _contacts)
        .Optional("UsernameConfiguration", new StructureShape().Required("CaseSensitive", Shape.Flag))
        .Optional("Schema", Shape.ListOf(_schemaAttribute, max: 50, min: 1))
        .With(_changeable);

    public static StructureShape Update { get; } = new StructureShape()
        .Required("UserPoolId", _poolId)
        .Optional("PoolName", Shape.Text(TextShape.PoolName))
        .With(_changeable)
        .Described([.. DescribedInUpdates]);

    public static StructureShape AddAttributes { get; } = new StructureShape()
        .Required("UserPoolId", _poolId)
        .Required("CustomAttributes", Shape.ListOf(_schemaAttribute, max: 25, min: 1));

    public static StructureShape ById { get; } = new StructureShape().Required("UserPoolId", _poolId);

    public static StructureShape List { get; } = new StructureShape()
        .Required("MaxResults", Shape.Number(1, 60))
        .Optional("NextToken", Paging.TokenShape);
}
