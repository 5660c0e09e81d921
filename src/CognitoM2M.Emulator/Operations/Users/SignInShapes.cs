using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The shapes of the inputs of the sign-in operations, and the app client that such an input names.</summary>
internal static class SignInShapes
{
    private static readonly StructureShape _pool = new StructureShape().Required("UserPoolId", Shape.Text(TextShape.UserPoolId));

    private static readonly Shape _metadata = Shape.MapOf(TextShape.Any, TextShape.Any);

    // Analytics and risk assessment are for AWS services that the emulator does not have.
    private static readonly StructureShape _analytics = new StructureShape()
        .Optional("AnalyticsMetadata", new StructureShape().Unused("AnalyticsEndpointId", Shape.AnyText));

    private static readonly StructureShape _userContext = new StructureShape()
        .Optional("UserContextData", new StructureShape()
            .Unused("IpAddress", Shape.AnyText)
            .Unused("EncodedData", Shape.AnyText));

    private static readonly StructureShape _adminContext = new StructureShape()
        .Optional("ContextData", new StructureShape()
            .Unused("IpAddress", Shape.AnyText)
            .Unused("ServerName", Shape.AnyText)
            .Unused("ServerPath", Shape.AnyText)
            .Optional("HttpHeaders", Shape.ListOf(new StructureShape()
                .Unused("headerName", Shape.AnyText)
                .Unused("headerValue", Shape.AnyText)))
            .Unused("EncodedData", Shape.AnyText));

    // A user pool of the emulator cannot have a trigger that gets the metadata of these requests.
    private static readonly StructureShape _initiate = new StructureShape()
        .Required("AuthFlow", Shape.OneOf(
            "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", "CUSTOM_AUTH", "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH",
            "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH"))
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Optional("AuthParameters", Shape.SecretMapOf(TextShape.Any, TextShape.Any))
        .Refused("Session", "a sign-in does not go on from a registration")
        .Optional("ClientMetadata", _metadata)
        .With(_analytics);

    private static readonly StructureShape _respond = new StructureShape()
        .Required("ChallengeName", Shape.AnyText)
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Optional("Session", Shape.Secret(TextShape.WithLength(20, 2048)))
        .Optional("ChallengeResponses", Shape.SecretMapOf(TextShape.Any, TextShape.Any))
        .Optional("ClientMetadata", _metadata)
        .With(_analytics);

    public static StructureShape Initiate { get; } = new StructureShape().With(_initiate).With(_userContext);

    public static StructureShape AdminInitiate { get; } = new StructureShape().With(_pool).With(_initiate).With(_adminContext);

    public static StructureShape Respond { get; } = new StructureShape().With(_respond).With(_userContext);

    public static StructureShape AdminRespond { get; } = new StructureShape().With(_pool).With(_respond).With(_adminContext);

    public static StructureShape GetTokensFromRefreshToken { get; } = new StructureShape()
        .Required("RefreshToken", Shape.Secret(TextShape.Any))
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Optional("ClientSecret", Shape.Secret(TextShape.ClientSecret))
        .Refused("DeviceKey", "it remembers no devices")
        .Optional("ClientMetadata", _metadata);

    public static StructureShape AccessToken { get; } = new StructureShape().Required("AccessToken", Shape.Secret(TextShape.Any));

    public static StructureShape RevokeToken { get; } = new StructureShape()
        .Required("Token", Shape.Secret(TextShape.Any))
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Optional("ClientSecret", Shape.Secret(TextShape.ClientSecret))
        .Refused("RevokeAssociatedSessions", "sign-ins are not linked to each other", "NONE");

    /// <exception cref="RefusedException">The pool does not exist, or the client does not exist or is of another pool.</exception>
    public static EmulatedAppClient RequireClient(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var pool = input.Has("UserPoolId") ? userPools.RequireUserPool(input) : null;
        var id = input.GetRequiredText("ClientId");
        return userPools.FindClient(id) is { } client && (pool is null || client.UserPool == pool)
            ? client
            : throw RefusedException.NotFound($"User pool client {id} does not exist.");
    }
}
