using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>
/// The operations to sign users in: with user name and password, by a challenge for a new password, or with a refresh token. Each exists for
/// callers without credentials and for administrators.
/// </summary>
internal sealed class SignInOperations(UserPoolDirectory userPools, UserTokens tokens, RefreshTokens refreshTokens, NewPasswordChallenge challenge)
{
    private const string Authentication = "TokenGeneration_Authentication";

    public IEnumerable<JsonApiOperation> All =>
    [
        new("InitiateAuth", SignInShapes.Initiate, InitiateAsync),
        new("AdminInitiateAuth", SignInShapes.AdminInitiate, InitiateAsAdminAsync),
        new("RespondToAuthChallenge", SignInShapes.Respond, RespondAsync),
        new("AdminRespondToAuthChallenge", SignInShapes.AdminRespond, RespondAsync),
        new("GetTokensFromRefreshToken", SignInShapes.GetTokensFromRefreshToken, GetTokensFromRefreshTokenAsync),
    ];

    private async ValueTask<JsonObject?> InitiateAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var client = userPools.RequireClient(input);
        switch (input.GetRequiredText("AuthFlow"))
        {
            case "USER_PASSWORD_AUTH":
                if (!client.Settings.AllowsPassword())
                    throw RefusedException.InvalidParameter("USER_PASSWORD_AUTH flow not enabled for this client");
                return await SignInWithPasswordAsync(client, input, cancellationToken).ConfigureAwait(false);
            case "REFRESH_TOKEN_AUTH" or "REFRESH_TOKEN":
                return await RefreshAsync(client, input, cancellationToken).ConfigureAwait(false);
            case "ADMIN_USER_PASSWORD_AUTH" or "ADMIN_NO_SRP_AUTH":
                throw RefusedException.InvalidParameter("Initiate Auth method not supported.");
            case var flow:
                throw CreateUnsupported(flow);
        }
    }

    private async ValueTask<JsonObject?> InitiateAsAdminAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var client = userPools.RequireClient(input);
        switch (input.GetRequiredText("AuthFlow"))
        {
            case "ADMIN_USER_PASSWORD_AUTH" or "ADMIN_NO_SRP_AUTH":
                if (!client.Settings.AllowsAdminPassword())
                    throw RefusedException.InvalidParameter("Auth flow not enabled for this client");
                return await SignInWithPasswordAsync(client, input, cancellationToken).ConfigureAwait(false);
            case "REFRESH_TOKEN_AUTH" or "REFRESH_TOKEN":
                return await RefreshAsync(client, input, cancellationToken).ConfigureAwait(false);
            case "USER_PASSWORD_AUTH":
                throw RefusedException.InvalidParameter("Initiate Auth method not supported.");
            case var flow:
                throw CreateUnsupported(flow);
        }
    }

    private async Task<JsonObject> SignInWithPasswordAsync(EmulatedAppClient client, JsonApiInput input, CancellationToken cancellationToken)
    {
        var parameters = ReadParameters(input);
        var username = SignInParameters.Require(parameters, "USERNAME");
        var password = SignInParameters.Require(parameters, "PASSWORD");
        SecretHashCheck.Require(client, parameters.GetValueOrDefault("SECRET_HASH"), username);

        var user = PasswordCheck.RequireUser(client, username, password);
        if (user.Status == PoolUser.MustChangePassword)
            return CreateChallenge(client, user);
        return Describe(await tokens.SignInAsync(new UserTokenRequest(client, user, Authentication), cancellationToken).ConfigureAwait(false));
    }

    private async Task<JsonObject> RefreshAsync(EmulatedAppClient client, JsonApiInput input, CancellationToken cancellationToken)
    {
        if (client.Settings.RotatesRefreshTokens())
        {
            throw RefusedException.InvalidParameter(
                "REFRESH_TOKEN_AUTH is not supported for a client with refresh token rotation. Use GetTokensFromRefreshToken.");
        }

        if (!client.Settings.AllowsRefresh())
            throw RefusedException.InvalidParameter("REFRESH_TOKEN_AUTH flow not enabled for this client");

        var parameters = ReadParameters(input);
        var refreshToken = SignInParameters.Require(parameters, "REFRESH_TOKEN");
        if (refreshTokens.FindUser(client, refreshToken) is { } user)
            SecretHashCheck.Require(client, parameters.GetValueOrDefault("SECRET_HASH"), user.Username, user.Sub);
        return Describe(await tokens.RefreshAsync(client, refreshToken, input.GetTextMap("ClientMetadata"), cancellationToken)
            .ConfigureAwait(false));
    }

    private async ValueTask<JsonObject?> GetTokensFromRefreshTokenAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var client = userPools.RequireClient(input);
        var secret = input.GetText("ClientSecret");
        if (!client.Settings.Secrets.IsEmpty && !client.Settings.HasSecret(secret))
        {
            throw RefusedException.NotAuthorized(secret is null
                ? $"Client {client.ClientId} is configured for secret but secret was not received"
                : $"Unable to verify secret for client {client.ClientId}");
        }

        var result = Describe(await tokens
            .RefreshAsync(client, input.GetRequiredText("RefreshToken"), input.GetTextMap("ClientMetadata"), cancellationToken)
            .ConfigureAwait(false));
        result.Remove("ChallengeParameters");
        return result;
    }

    private async ValueTask<JsonObject?> RespondAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        if (input.GetRequiredText("ChallengeName") is var name and not NewPasswordChallenge.Name)
            throw RefusedException.InvalidParameter($"The emulator does not support the challenge {name}.");

        var client = userPools.RequireClient(input);
        var responses = input.GetTextMap("ChallengeResponses");
        SignInParameters.Check("ChallengeResponses", responses);
        var username = SignInParameters.Require(responses, "USERNAME");
        var password = SignInParameters.Require(responses, "NEW_PASSWORD");
        SecretHashCheck.Require(client, responses.GetValueOrDefault("SECRET_HASH"), username);

        var user = challenge.Answer(client, username, input.GetText("Session"), password, SignInParameters.ReadAttributes(responses));
        var request = new UserTokenRequest(client, user, "TokenGeneration_NewPasswordChallenge")
        {
            ClientMetadata = input.GetTextMap("ClientMetadata"),
        };
        return Describe(await tokens.SignInAsync(request, cancellationToken).ConfigureAwait(false));
    }

    private JsonObject CreateChallenge(EmulatedAppClient client, PoolUser user) => new()
    {
        ["ChallengeName"] = NewPasswordChallenge.Name,
        ["ChallengeParameters"] = new JsonObject
        {
            ["USER_ID_FOR_SRP"] = user.Username,
            ["requiredAttributes"] = new JsonArray(
                [.. ChallengeAttributes.ListMissing(client.UserPool, user).Select(name => JsonValue.Create(ChallengeAttributes.Prefix + name))]).ToJsonString(),
            ["userAttributes"] = new JsonObject(
                user.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, (JsonNode?)attribute.Value))).ToJsonString(),
        },
        ["Session"] = challenge.CreateSession(client, user),
    };

    private static JsonObject Describe(UserTokenSet tokens)
    {
        var result = new JsonObject
        {
            ["AccessToken"] = tokens.AccessToken,
            ["ExpiresIn"] = tokens.ExpiresIn,
            ["IdToken"] = tokens.IdToken,
            ["TokenType"] = IssuedToken.TokenType,
        };
        if (tokens.RefreshToken is { } refreshToken)
            result["RefreshToken"] = refreshToken;
        return new JsonObject { ["ChallengeParameters"] = new JsonObject(), ["AuthenticationResult"] = result };
    }

    private static RefusedException CreateUnsupported(string flow) =>
        RefusedException.InvalidParameter($"The emulator does not support the flow {flow}.");

    private static IReadOnlyDictionary<string, string> ReadParameters(JsonApiInput input)
    {
        var parameters = input.GetTextMap("AuthParameters");
        SignInParameters.Check("AuthParameters", parameters);
        return parameters;
    }
}
