using System.Text.Json;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Tokens;

namespace CognitoM2M.UserSessions.Challenges;

/// <summary>Reads the answers of the operations that sign in: tokens, or a challenge.</summary>
internal static class SignInReader
{
    private const string AttributePrefix = "userAttributes.";

    /// <param name="operation">The operation, for errors.</param>
    /// <param name="body">The body of the answer.</param>
    /// <param name="username">The user name of the request.</param>
    /// <param name="sentAt">When the request was sent.</param>
    /// <exception cref="CognitoUserSessionException">The body is neither tokens nor a challenge.</exception>
    public static CognitoSignInResult Read(string operation, JsonElement body, string username, DateTimeOffset sentAt) =>
        FindText(body, "ChallengeName") is { Length: > 0 } name
            ? new CognitoSignInResult(ReadChallenge(operation, body, name, username))
            : new CognitoSignInResult(ReadTokens(operation, body, usedRefreshToken: null, sentAt));

    /// <param name="operation">The operation, for errors.</param>
    /// <param name="body">The body of the answer.</param>
    /// <param name="usedRefreshToken">The refresh token of the request, which stays in use if the answer has no new one; null if the request had none.</param>
    /// <param name="sentAt">When the request was sent.</param>
    public static CognitoUserTokens ReadTokens(string operation, JsonElement body, string? usedRefreshToken, DateTimeOffset sentAt) =>
        body.TryGetProperty("AuthenticationResult", out var result) && result.ValueKind == JsonValueKind.Object
            ? TokenReader.Read(operation, result, TokenNames.OfService, usedRefreshToken, sentAt)
            : throw SessionFailures.Create(OwnErrors.InvalidResponse, operation);

    private static CognitoChallenge ReadChallenge(string operation, JsonElement body, string name, string username)
    {
        // The name goes into ToString and logs of callers.
        if (!name.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_'))
            throw SessionFailures.Create(OwnErrors.InvalidResponse, operation);

        var parameters = body.TryGetProperty("ChallengeParameters", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        // An answer is made for the user name that Cognito names, which an alias such as an e-mail address may stand for.
        var answerAs = FindText(parameters, "USER_ID_FOR_SRP") is { Length: > 0 } user ? user : username;
        return new CognitoChallenge(name, answerAs, FindText(body, "Session") ?? "")
        {
            CodeDestination = FindText(parameters, "CODE_DELIVERY_DESTINATION"),
            RequiredAttributes = name == ChallengeRules.NewPassword
                ? [.. ReadList(parameters, "requiredAttributes").Select(attribute => attribute.StartsWith(AttributePrefix, StringComparison.Ordinal) ? attribute[AttributePrefix.Length..] : attribute)]
                : [],
            Choices = [.. ReadChoices(name, body, parameters).Where(ChallengeRules.CanChoose)],
        };
    }

    private static string[] ReadChoices(string name, JsonElement body, JsonElement parameters) => name switch
    {
        "SELECT_MFA_TYPE" => ReadList(parameters, "MFAS_CAN_CHOOSE"),
        "SELECT_CHALLENGE" => body.TryGetProperty("AvailableChallenges", out var available) ? ReadTexts(available) : [],
        _ => [],
    };

    /// <summary>Reads a parameter that is a JSON array in a text, as Cognito writes lists there.</summary>
    private static string[] ReadList(JsonElement parameters, string name)
    {
        try
        {
            return FindText(parameters, name) is { } text ? ReadTexts(JsonElement.Parse(text)) : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is thrown for a text with half of a surrogate pair.
            return [];
        }
    }

    private static string[] ReadTexts(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    private static string? FindText(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
