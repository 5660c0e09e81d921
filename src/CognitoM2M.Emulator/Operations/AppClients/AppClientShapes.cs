using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>The shapes of the inputs of the app client operations.</summary>
internal static class AppClientShapes
{
    public const int MaxPageSize = 60;

    /// <summary>The id of a new app client. Only the emulator has this member: Cognito always chooses the id itself.</summary>
    public const string ChosenId = "ChosenClientId";

    /// <summary>Further claims of access tokens. Only the emulator has this member: in Cognito, a trigger adds claims.</summary>
    public const string Claims = "AccessTokenClaims";

    private const int MaxUrls = 100;

    /// <summary>Members of a description that are not settings. An update may contain them, but only with the values of the description.</summary>
    public static IReadOnlyList<string> DescribedInUpdates { get; } = ["ClientSecret", "CreationDate", "LastModifiedDate", "ClientType"];

    private static readonly Shape _poolId = Shape.Text(TextShape.UserPoolId);
    private static readonly Shape _urls = Shape.ListOf(Shape.Text(TextShape.WithLength(1, 1024)), MaxUrls);
    private static readonly Shape _attributes = Shape.ListOf(Shape.Text(TextShape.WithLength(1, 2048)));
    private static readonly Shape _unit =
        Shape.OneOf(TokenValidity.Seconds, TokenValidity.Minutes, TokenValidity.Hours, TokenValidity.Days);

    private static readonly StructureShape _settings = new StructureShape()
        .Optional("ExplicitAuthFlows", Shape.ListOf(Shape.OneOf(AppClientRules.AuthFlows)))
        .Optional("AllowedOAuthFlows", Shape.ListOf(Shape.OneOf(AppClientRules.OAuthFlows), max: 3))
        .Optional("AllowedOAuthScopes", Shape.ListOf(Shape.Text(TextShape.Scope), CognitoNames.MaxScopesPerClient))
        .Optional("AllowedOAuthFlowsUserPoolClient", Shape.Flag)
        .Optional("AccessTokenValidity", Shape.Number(1, 86400))
        .Optional("IdTokenValidity", Shape.Number(1, 86400))
        .Optional("RefreshTokenValidity", Shape.Number(0, 315360000))
        .Optional("TokenValidityUnits", new StructureShape()
            .Optional("AccessToken", _unit)
            .Optional("IdToken", _unit)
            .Optional("RefreshToken", _unit))
        .Optional("SupportedIdentityProviders", Shape.ListOf(Shape.Text(TextShape.WithLength(1, 32))))
        .Optional("CallbackURLs", _urls)
        .Optional("LogoutURLs", _urls)
        .Optional("DefaultRedirectURI", Shape.Text(TextShape.WithLength(1, 1024)))
        .Optional("ReadAttributes", _attributes)
        .Optional("WriteAttributes", _attributes)
        .Optional("PreventUserExistenceErrors", Shape.OneOf("LEGACY", "ENABLED"))
        .Optional("EnableTokenRevocation", Shape.Flag)
        .Kept("EnablePropagateAdditionalUserContextData", Shape.Flag)
        .Optional("AuthSessionValidity", Shape.Number(3, 15))
        .Optional("RefreshTokenRotation", new StructureShape()
            .Required("Feature", Shape.OneOf("ENABLED", "DISABLED"))
            .Optional("RetryGracePeriodSeconds", Shape.Number(0, 60)))
        .Optional(Claims, Shape.AnyObject)
        .Optional("AnalyticsConfiguration", new StructureShape()
            .Kept("ApplicationId", Shape.AnyText)
            .Kept("ApplicationArn", Shape.AnyText)
            .Kept("RoleArn", Shape.AnyText)
            .Kept("ExternalId", Shape.AnyText)
            .Kept("UserDataShared", Shape.Flag));

    public static StructureShape Create { get; } = new StructureShape()
        .Required("UserPoolId", _poolId)
        .Required("ClientName", Shape.Text(TextShape.ClientName))
        .Optional(ChosenId, Shape.Text(TextShape.ClientId))
        .Optional("GenerateSecret", Shape.Flag)
        .Optional("ClientSecret", Shape.Secret(TextShape.ClientSecret))
        .With(_settings);

    public static StructureShape ById { get; } = new StructureShape()
        .Required("UserPoolId", _poolId)
        .Required("ClientId", Shape.Text(TextShape.ClientId));

    public static StructureShape Update { get; } = new StructureShape()
        .With(ById)
        .Optional("ClientName", Shape.Text(TextShape.ClientName))
        .With(_settings)
        .Described([.. DescribedInUpdates]);

    public static StructureShape List { get; } = new StructureShape()
        .Required("UserPoolId", _poolId)
        .Optional("MaxResults", Shape.Number(1, MaxPageSize))
        .Optional("NextToken", Paging.TokenShape)
        .Optional("ClientType", Shape.OneOf("REGULAR", "DCR"));
}
