using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The shapes of the settings of a user pool that have members of their own.</summary>
internal static class UserPoolSettingShapes
{
    private const string CallsNoFunctions = "it calls no Lambda functions";
    private const string RegistersNoClients = "app clients cannot register themselves";
    private const string RemembersNoDevices = "it remembers no devices";

    private static readonly Shape _arn = Shape.Text(TextShape.Arn);
    private static readonly Shape _grantTypes = Shape.ListOf(Shape.OneOf("code", "implicit", "client_credentials"));

    public static Shape SmsMessage { get; } = Shape.Text(TextShape.WithLength(6, 140));

    public static Shape EmailMessage { get; } = Shape.Text(TextShape.WithLength(6, 20000));

    public static Shape EmailSubject { get; } = Shape.Text(TextShape.WithLength(1, 140));

    public static StructureShape Policies { get; } = new StructureShape()
        .Optional("PasswordPolicy", new StructureShape()
            .Optional("MinimumLength", Shape.Number(6, 99))
            .Optional("RequireUppercase", Shape.Flag)
            .Optional("RequireLowercase", Shape.Flag)
            .Optional("RequireNumbers", Shape.Flag)
            .Optional("RequireSymbols", Shape.Flag)
            .Optional("PasswordHistorySize", Shape.Number(0, 24))
            .Optional("TemporaryPasswordValidityDays", Shape.Number(0, 365)))
        .Optional("SignInPolicy", new StructureShape()
            .Refused("AllowedFirstAuthFactors", "users sign in with a password alone", "PASSWORD"));

    public static StructureShape AdminCreateUserConfig { get; } = new StructureShape()
        .Kept("AllowAdminCreateUserOnly", Shape.Flag)
        .Optional("UnusedAccountValidityDays", Shape.Number(0, 365))
        .Optional("InviteMessageTemplate", new StructureShape()
            .Kept("SMSMessage", SmsMessage)
            .Kept("EmailMessage", EmailMessage)
            .Kept("EmailSubject", EmailSubject));

    public static StructureShape KeyConfiguration { get; } = new StructureShape()
        .Kept("KeyType", Shape.OneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY"))
        .Kept("KmsKeyArn", _arn);

    /// <summary>Dynamic client registration. Its details change nothing while it is disabled.</summary>
    public static StructureShape DcrConfiguration { get; } = new StructureShape()
        .Refused("EnableStatus", RegistersNoClients, "DISABLED")
        .Refused("OpenDcrEnabled", RegistersNoClients, "false")
        .Kept("AuthenticatedGrantTypes", _grantTypes)
        .Kept("OpenDcrGrantTypes", _grantTypes)
        .Kept("AllowedScopes", Shape.ListOf(Shape.Text(TextShape.Scope)));

    /// <summary>The functions that Cognito calls. The handler <see cref="EmulatedUserPool.OnTokenIssuing"/> takes the place of one of them.</summary>
    public static StructureShape LambdaConfig { get; } = new StructureShape()
        .Optional("PreTokenGeneration", _arn)
        .Optional("PreTokenGenerationConfig", new StructureShape()
            .Required("LambdaArn", _arn)
            .Required("LambdaVersion", Shape.OneOf("V1_0", "V2_0", "V3_0")))
        .Refused("PreSignUp", CallsNoFunctions)
        .Refused("CustomMessage", CallsNoFunctions)
        .Refused("PostConfirmation", CallsNoFunctions)
        .Refused("PreAuthentication", CallsNoFunctions)
        .Refused("PostAuthentication", CallsNoFunctions)
        .Refused("DefineAuthChallenge", CallsNoFunctions)
        .Refused("CreateAuthChallenge", CallsNoFunctions)
        .Refused("VerifyAuthChallengeResponse", CallsNoFunctions)
        .Refused("UserMigration", CallsNoFunctions)
        .Refused("CustomSMSSender", CallsNoFunctions)
        .Refused("CustomEmailSender", CallsNoFunctions)
        .Refused("KMSKeyID", CallsNoFunctions)
        .Refused("InboundFederation", CallsNoFunctions);

    public static StructureShape AccountRecoverySetting { get; } = new StructureShape()
        .Optional("RecoveryMechanisms", Shape.ListOf(
            new StructureShape()
                .Kept("Priority", Shape.Number(1, 2), isRequired: true)
                .Kept("Name", Shape.OneOf("verified_email", "verified_phone_number", "admin_only"), isRequired: true),
            max: 2,
            min: 1));

    /// <summary>In Cognito, any value of one of the two switches the memory for devices on.</summary>
    public static StructureShape DeviceConfiguration { get; } = new StructureShape()
        .Refused("ChallengeRequiredOnNewDevice", RemembersNoDevices)
        .Refused("DeviceOnlyRememberedOnUserPrompt", RemembersNoDevices);

    public static StructureShape EmailConfiguration { get; } = new StructureShape()
        .Kept("SourceArn", _arn)
        .Kept("ReplyToEmailAddress", Shape.AnyText)
        .Kept("EmailSendingAccount", Shape.OneOf("COGNITO_DEFAULT", "DEVELOPER"))
        .Kept("From", Shape.AnyText)
        .Kept("ConfigurationSet", Shape.Text(TextShape.WithLength(1, 64)));

    public static StructureShape SmsConfiguration { get; } = new StructureShape()
        .Kept("SnsCallerArn", _arn)
        .Kept("ExternalId", Shape.AnyText)
        .Kept("SnsRegion", Shape.Text(TextShape.WithLength(5, 32)))
        .Optional("EumsSms", new StructureShape()
            .Kept("CallerArn", _arn, isRequired: true)
            .Kept("ExternalId", Shape.AnyText)
            .Kept("OriginationIdentity", Shape.AnyText)
            .Kept("ConfigurationSetName", Shape.AnyText)
            .Kept("InEntityId", Shape.AnyText)
            .Kept("InTemplateId", Shape.AnyText)
            .Kept("Region", Shape.AnyText));

    public static StructureShape VerificationMessageTemplate { get; } = new StructureShape()
        .Kept("SmsMessage", SmsMessage)
        .Kept("EmailMessage", EmailMessage)
        .Kept("EmailSubject", EmailSubject)
        .Kept("EmailMessageByLink", EmailMessage)
        .Kept("EmailSubjectByLink", EmailSubject)
        .Kept("DefaultEmailOption", Shape.OneOf("CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"));

    /// <summary>Threat protection. Cognito's mode AUDIT only writes records, so callers do not notice it.</summary>
    public static StructureShape AddOns { get; } = new StructureShape()
        .Refused("AdvancedSecurityMode", "it judges no risks", "OFF", "AUDIT")
        .Optional("AdvancedSecurityAdditionalFlows", new StructureShape()
            .Refused("CustomAuthMode", "it judges no risks", "AUDIT"));

    public static StructureShape SchemaAttribute { get; } = new StructureShape()
        .Required("Name", Shape.Text(TextShape.SchemaName))
        .Optional("AttributeDataType", Shape.OneOf("String", "Number", "DateTime", "Boolean"))
        .Refused("DeveloperOnlyAttribute", "use WriteAttributes of the app clients", "false")
        .Optional("Mutable", Shape.Flag)
        .Optional("Required", Shape.Flag)
        .Optional("NumberAttributeConstraints", new StructureShape()
            .Optional("MinValue", Shape.AnyText)
            .Optional("MaxValue", Shape.AnyText))
        .Optional("StringAttributeConstraints", new StructureShape()
            .Optional("MinLength", Shape.AnyText)
            .Optional("MaxLength", Shape.AnyText));
}
