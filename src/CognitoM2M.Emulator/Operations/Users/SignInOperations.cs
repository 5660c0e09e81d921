using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>
/// The operations to sign users in: with user name and password, by a challenge for a new password, or with a refresh token.
/// </summary>
internal sealed class SignInOperations(UserPoolDirectory userPools, UserTokens tokens, SealedText seals)
{
    private const string NewPasswordRequired = "NEW_PASSWORD_REQUIRED";
    private const string Session = "session";

    private static readonly TimeSpan _sessionLifetime = TimeSpan.FromMinutes(3);

    private static readonly StructureShape _initiate = new StructureShape()
        .Required("AuthFlow", Shape.OneOf(
            "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", "CUSTOM_AUTH", "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH",
            "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH"))
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Optional("AuthParameters", Shape.SecretMapOf(TextShape.Any, TextShape.Any))
        .Optional("ClientMetadata", Shape.MapOf(TextShape.Any, TextShape.Any));

    private static readonly StructureShape _respond = new StructureShape()
        .Required("ChallengeName", Shape.AnyText)
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Optional("Session", Shape.Secret(TextShape.WithLength(20, 2048)))
        .Optional("ChallengeResponses", Shape.SecretMapOf(TextShape.Any, TextShape.Any))
        .Optional("ClientMetadata", Shape.MapOf(TextShape.Any, TextShape.Any));

    private static readonly StructureShape _getUser = new StructureShape().Required("AccessToken", Shape.Secret(TextShape.Any));

    public IEnumerable<JsonApiOperation> All =>
    [
        new("InitiateAuth", _initiate, InitiateAsync),
        new("RespondToAuthChallenge", _respond, RespondAsync),
        new("GetUser", _getUser, GetUserAsync),
    ];

    private async ValueTask<JsonObject?> InitiateAsync(JsonApiInput input, CancellationToken cancellationToken) =>
        input.GetRequiredText("AuthFlow") switch
        {
            "USER_PASSWORD_AUTH" => await SignInWithPasswordAsync(input, cancellationToken).ConfigureAwait(false),
            "REFRESH_TOKEN_AUTH" or "REFRESH_TOKEN" => await RefreshAsync(input, cancellationToken).ConfigureAwait(false),
            var flow => throw RefusedException.InvalidParameter($"The emulator does not support the flow {flow}."),
        };

    private async Task<JsonObject> SignInWithPasswordAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var client = RequireClient(input);
        // The flow has two names; the older one has no prefix.
        if (!client.Settings.AllowsAuthFlow("ALLOW_USER_PASSWORD_AUTH") && !client.Settings.AllowsAuthFlow("USER_PASSWORD_AUTH"))
            throw RefusedException.InvalidParameter("USER_PASSWORD_AUTH flow not enabled for this client");

        var parameters = input.GetTextMap("AuthParameters");
        var username = RequireParameter(parameters, "USERNAME");
        var password = RequireParameter(parameters, "PASSWORD");
        SecretHash.Check(client, parameters.GetValueOrDefault("SECRET_HASH"), username);

        var user = client.UserPool.UserList.Find(username);
        if (user is null && client.Settings.Others.GetText("PreventUserExistenceErrors") != "ENABLED")
            throw new RefusedException("UserNotFoundException", "User does not exist.");
        if (user?.Password.Matches(password) != true)
            throw RefusedException.NotAuthorized("Incorrect username or password.");

        return user.Status == PoolUser.MustChangePassword
            ? CreateChallenge(client, user)
            : await SignInAsync(client, user, refreshed: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonObject> RefreshAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var client = RequireClient(input);
        var isLegacy = !client.Settings.ExplicitAuthFlows.Any(flow => flow.StartsWith("ALLOW_", StringComparison.Ordinal));
        if (!isLegacy && !client.Settings.AllowsAuthFlow("ALLOW_REFRESH_TOKEN_AUTH"))
            throw RefusedException.InvalidParameter("REFRESH_TOKEN_AUTH flow not enabled for this client");

        var parameters = input.GetTextMap("AuthParameters");
        var (user, signIn) = tokens.OpenRefreshToken(client, RequireParameter(parameters, "REFRESH_TOKEN"));
        SecretHash.Check(client, parameters.GetValueOrDefault("SECRET_HASH"), user.Username, user.Sub);
        return await SignInAsync(client, user, signIn, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<JsonObject?> RespondAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        if (input.GetRequiredText("ChallengeName") is var challenge and not NewPasswordRequired)
            throw RefusedException.InvalidParameter($"The emulator does not support the challenge {challenge}.");

        var client = RequireClient(input);
        var responses = input.GetTextMap("ChallengeResponses");
        var username = RequireParameter(responses, "USERNAME");
        var password = RequireParameter(responses, "NEW_PASSWORD");
        SecretHash.Check(client, responses.GetValueOrDefault("SECRET_HASH"), username);

        var changed = userPools.Change(() =>
        {
            var user = OpenSession(client, username, input.GetText("Session"));
            PasswordPolicy.Read(client.UserPool).Check(password);
            var confirmed = user with
            {
                Password = PasswordHash.Compute(password),
                Status = PoolUser.Confirmed,
                LastModifiedAt = userPools.TimeProvider.GetUtcNow(),
            };
            client.UserPool.UserList.Set(confirmed);
            return confirmed;
        });
        return await SignInAsync(client, changed, refreshed: null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<JsonObject?> GetUserAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var user = await tokens.ReadAccessTokenAsync(input.GetRequiredText("AccessToken"), cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["Username"] = user.Username, ["UserAttributes"] = user.AttributesToJson() };
    }

    private JsonObject CreateChallenge(EmulatedAppClient client, PoolUser user) => new()
    {
        ["ChallengeName"] = NewPasswordRequired,
        ["ChallengeParameters"] = new JsonObject
        {
            ["USER_ID_FOR_SRP"] = user.Username,
            ["requiredAttributes"] = "[]",
            ["userAttributes"] = new JsonObject(
                user.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, (JsonNode?)attribute.Value))).ToJsonString(),
        },
        ["Session"] = seals.Seal(Session, new JsonObject
        {
            ["client"] = client.ClientId,
            ["sub"] = user.Sub,
            ["changed"] = user.LastModifiedAt.ToUnixTimeMilliseconds(),
            ["expires"] = (userPools.TimeProvider.GetUtcNow() + _sessionLifetime).ToUnixTimeSeconds(),
        }),
    };

    private PoolUser OpenSession(EmulatedAppClient client, string username, string? session)
    {
        var content = session is null ? null : seals.Open(Session, session);
        // The session is bound to the last change of the user. Answering the challenge changes the user, so a session works once.
        return content is { } opened
            && client.UserPool.UserList.Find(username) is { Status: PoolUser.MustChangePassword } user
            && opened.GetProperty("client").ValueEquals(client.ClientId)
            && opened.GetProperty("sub").ValueEquals(user.Sub)
            && opened.GetProperty("changed").GetInt64() == user.LastModifiedAt.ToUnixTimeMilliseconds()
            && opened.GetProperty("expires").GetInt64() > userPools.TimeProvider.GetUtcNow().ToUnixTimeSeconds()
                ? user
                : throw RefusedException.NotAuthorized("Invalid session for the user.");
    }

    private async Task<JsonObject> SignInAsync(
        EmulatedAppClient client, PoolUser user, SignIn? refreshed, CancellationToken cancellationToken) => new()
        {
            ["ChallengeParameters"] = new JsonObject(),
            ["AuthenticationResult"] = await tokens.IssueAsync(client, user, refreshed, cancellationToken).ConfigureAwait(false),
        };

    private EmulatedAppClient RequireClient(JsonApiInput input)
    {
        var id = input.GetRequiredText("ClientId");
        return userPools.FindClient(id) ?? throw RefusedException.NotFound($"User pool client {id} does not exist.");
    }

    private static string RequireParameter(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name) ?? throw RefusedException.InvalidParameter($"Missing required parameter {name}");
}
