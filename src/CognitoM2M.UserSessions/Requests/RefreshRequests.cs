using System.Text.Json;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Settings;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>
/// Makes the requests that use a refresh token. GetTokensFromRefreshToken works whether or not the app client rotates refresh tokens, and
/// REFRESH_TOKEN_AUTH only if it does not. A service that does not know the first operation gets the second.
/// </summary>
internal sealed class RefreshRequests(SessionSettings settings)
{
    private const string NewOperation = "GetTokensFromRefreshToken";

    private volatile bool _usesFlow;

    public SessionRequest Create(string refreshToken, string? username) =>
        _usesFlow ? CreateForFlow(refreshToken, username) : ServiceRequests.Create(settings.Service, NewOperation, SessionStep.Refresh, [refreshToken, .. settings.Secrets], json =>
        {
            json.WriteString("RefreshToken", refreshToken);
            json.WriteString("ClientId", settings.ClientId);
            if (settings.ClientSecret is { } secret)
                json.WriteString("ClientSecret", secret);
        });

    /// <summary>Creates the other request if the service does not know the operation of the first, and remembers it.</summary>
    public SessionRequest? TryCreateOther(CognitoUserSessionException failure, string refreshToken, string? username)
    {
        if (failure.Operation != NewOperation || failure.Error != "UnknownOperationException" || (settings.ClientSecret is not null && username is null))
            return null;

        _usesFlow = true;
        return CreateForFlow(refreshToken, username);
    }

    private SessionRequest CreateForFlow(string refreshToken, string? username)
    {
        return ServiceRequests.Create(settings.Service, "InitiateAuth", SessionStep.Refresh, [refreshToken, .. settings.Secrets], WriteBody);

        void WriteBody(Utf8JsonWriter json)
        {
            json.WriteString("AuthFlow", "REFRESH_TOKEN_AUTH");
            json.WriteString("ClientId", settings.ClientId);
            json.WriteStartObject("AuthParameters");
            json.WriteString("REFRESH_TOKEN", refreshToken);
            if (username is not null && settings.CreateSecretHash(username) is { } hash)
                json.WriteString("SECRET_HASH", hash);
            json.WriteEndObject();
        }
    }
}
