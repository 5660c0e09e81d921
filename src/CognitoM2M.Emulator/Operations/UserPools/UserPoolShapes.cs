using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The shapes of the inputs of the user pool operations.</summary>
internal static class UserPoolShapes
{
    /// <summary>The id of a new user pool. Only the emulator has this member: Cognito always chooses the id itself.</summary>
    public const string ChosenId = "ChosenUserPoolId";

    private static readonly Shape _poolId = Shape.Text(TextShape.UserPoolId);
    private static readonly Shape _contacts = Shape.ListOf(Shape.OneOf("phone_number", "email"));
    private static readonly Shape _smsMessage = Shape.Text(TextShape.WithLength(6, 140));
    private static readonly Shape _emailMessage = Shape.Text(TextShape.WithLength(6, 20000));
    private static readonly Shape _emailSubject = Shape.Text(TextShape.WithLength(1, 140));
    private static readonly Shape _arn = Shape.Text(TextShape.Arn);

    private static readonly Shape _firstFactors = Shape.ListOf(Shape.OneOf("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"), max: 4, min: 1);

    private static readonly Shape _policies = new StructureShape()
        .Optional("PasswordPolicy", new StructureShape()
            .Optional("MinimumLength", Shape.Number(6, 99))
            .Optional("RequireUppercase", Shape.Flag)
            .Optional("RequireLowercase", Shape.Flag)
            .Optional("RequireNumbers", Shape.Flag)
            .Optional("RequireSymbols", Shape.Flag)
            .Optional("PasswordHistorySize", Shape.Number(0, 24))
            .Optional("TemporaryPasswordValidityDays", Shape.Number(0, 365)))
        .Optional("SignInPolicy", new StructureShape().Optional("AllowedFirstAuthFactors", _firstFactors));

    private static readonly Shape _adminCreateUserConfig = new StructureShape()
        .Optional("AllowAdminCreateUserOnly", Shape.Flag)
        .Optional("UnusedAccountValidityDays", Shape.Number(0, 365))
        .Optional("InviteMessageTemplate", new StructureShape()
            .Optional("SMSMessage", _smsMessage)
            .Optional("EmailMessage", _emailMessage)
            .Optional("EmailSubject", _emailSubject));

    private static readonly Shape _verificationMessageTemplate = new StructureShape()
        .Optional("SmsMessage", _smsMessage)
        .Optional("EmailMessage", _emailMessage)
        .Optional("EmailSubject", _emailSubject)
        .Optional("EmailMessageByLink", _emailMessage)
        .Optional("EmailSubjectByLink", _emailSubject)
        .Optional("DefaultEmailOption", Shape.OneOf("CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"));

    private static readonly Shape _emailConfiguration = new StructureShape()
        .Optional("SourceArn", _arn)
        .Optional("ReplyToEmailAddress", Shape.AnyText)
        .Optional("EmailSendingAccount", Shape.OneOf("COGNITO_DEFAULT", "DEVELOPER"))
        .Optional("From", Shape.AnyText)
        .Optional("ConfigurationSet", Shape.Text(TextShape.WithLength(1, 64)));

    private static readonly Shape _accountRecoverySetting = new StructureShape()
        .Optional("RecoveryMechanisms", Shape.ListOf(
            new StructureShape()
                .Required("Priority", Shape.Number(1, 2))
                .Required("Name", Shape.OneOf("verified_email", "verified_phone_number", "admin_only")),
            max: 2,
            min: 1));

    private static readonly Shape _schemaAttribute = new StructureShape()
        .Required("Name", Shape.Text(TextShape.WithLength(1, 20)))
        .Optional("AttributeDataType", Shape.OneOf("String", "Number", "DateTime", "Boolean"))
        .Optional("DeveloperOnlyAttribute", Shape.Flag)
        .Optional("Mutable", Shape.Flag)
        .Optional("Required", Shape.Flag)
        .Optional("NumberAttributeConstraints", new StructureShape()
            .Optional("MinValue", Shape.AnyText)
            .Optional("MaxValue", Shape.AnyText))
        .Optional("StringAttributeConstraints", new StructureShape()
            .Optional("MinLength", Shape.AnyText)
            .Optional("MaxLength", Shape.AnyText));

    private static readonly Shape _triggers = new StructureShape()
        .Optional("PreTokenGeneration", _arn)
        .Optional("PreTokenGenerationConfig", new StructureShape()
            .Required("LambdaArn", _arn)
            .Required("LambdaVersion", Shape.OneOf("V1_0", "V2_0", "V3_0")));

    private static readonly StructureShape _changeable = new StructureShape()
        .Optional("DeletionProtection", Shape.OneOf("ACTIVE", "INACTIVE"))
        .Optional("UserPoolTier", Shape.OneOf("LITE", "ESSENTIALS", "PLUS"))
        .Optional("UserPoolTags", Shape.MapOf(TextShape.TagKey, TextShape.TagValue))
        .Optional("AdminCreateUserConfig", _adminCreateUserConfig)
        .Optional("Policies", _policies)
        .Optional("IssuerConfiguration", new StructureShape().Optional("Type", Shape.OneOf("ORIGINAL", "UPDATED")))
        .Optional("KeyConfiguration", new StructureShape()
            .Optional("KeyType", Shape.OneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY"))
            .Optional("KmsKeyArn", _arn))
        .Optional("DcrConfiguration", new StructureShape())
        .Optional("AcrConfiguration", new StructureShape())
        .Optional("LambdaConfig", _triggers)
        .Optional("MfaConfiguration", Shape.OneOf("OFF", "ON", "OPTIONAL"))
        .Optional("AutoVerifiedAttributes", _contacts)
        .Optional("AccountRecoverySetting", _accountRecoverySetting)
        .Optional("UserAttributeUpdateSettings", new StructureShape()
            .Optional("AttributesRequireVerificationBeforeUpdate", _contacts))
        .Optional("DeviceConfiguration", new StructureShape()
            .Optional("ChallengeRequiredOnNewDevice", Shape.Flag)
            .Optional("DeviceOnlyRememberedOnUserPrompt", Shape.Flag))
        .Optional("EmailConfiguration", _emailConfiguration)
        .Optional("SmsConfiguration", new StructureShape()
            .Required("SnsCallerArn", _arn)
            .Optional("ExternalId", Shape.AnyText)
            .Optional("SnsRegion", Shape.Text(TextShape.WithLength(5, 32))))
        .Optional("SmsVerificationMessage", _smsMessage)
        .Optional("SmsAuthenticationMessage", _smsMessage)
        .Optional("EmailVerificationMessage", _emailMessage)
        .Optional("EmailVerificationSubject", _emailSubject)
        .Optional("VerificationMessageTemplate", _verificationMessageTemplate)
        .Optional("UserPoolAddOns", new StructureShape().Required("AdvancedSecurityMode", Shape.OneOf("OFF", "AUDIT", "ENFORCED")));

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
        .With(_changeable);

    public static StructureShape ById { get; } = new StructureShape().Required("UserPoolId", _poolId);

    public static StructureShape List { get; } = new StructureShape()
        .Required("MaxResults", Shape.Number(1, 60))
        .Optional("NextToken", Paging.TokenShape);
}
