using System.Text.Json;
using CognitoM2M.UserSessions.Challenges;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Requests;

namespace CognitoM2M.UserSessions;

/// <content>The requests to the user pools API.</content>
public sealed partial class CognitoUserSessions
{
    private async Task<CognitoSignInResult> SendPasswordAsync(string username, string password, CancellationToken cancellationToken)
    {
        var sentAt = _timeProvider.GetUtcNow();
        var request = CreateRequest(InitiateAuth, SessionStep.SignIn, [username, password], json =>
        {
            json.WriteString("AuthFlow", "USER_PASSWORD_AUTH");
            json.WriteString("ClientId", _settings.ClientId);
            json.WriteStartObject("AuthParameters");
            json.WriteString("USERNAME", username);
            json.WriteString("PASSWORD", password);
            WriteSecretHash(json, username);
            json.WriteEndObject();
        });
        return SignInReader.Read(InitiateAuth, await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false), username, sentAt);
    }

    private async Task<CognitoSignInResult> AnswerAsync(
        CognitoChallenge challenge, IReadOnlyList<(string Name, string Value)> responses, string? answer, CancellationToken cancellationToken)
    {
        var sentAt = _timeProvider.GetUtcNow();
        IReadOnlyList<string> secrets = answer is null ? [challenge.Username, challenge.Session] : [challenge.Username, challenge.Session, answer];
        var request = CreateRequest(RespondToAuthChallenge, SessionStep.Challenge, secrets, json =>
        {
            json.WriteString("ChallengeName", challenge.Name);
            json.WriteString("ClientId", _settings.ClientId);
            json.WriteString("Session", challenge.Session);
            json.WriteStartObject("ChallengeResponses");
            json.WriteString("USERNAME", challenge.Username);
            foreach (var (name, value) in responses)
                json.WriteString(name, value);
            WriteSecretHash(json, challenge.Username);
            json.WriteEndObject();
        });
        var body = await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return SignInReader.Read(RespondToAuthChallenge, body, challenge.Username, sentAt);
    }

    private SessionRequest CreateRequest(string operation, SessionStep step, IReadOnlyList<string> secrets, Action<Utf8JsonWriter> writeBody) =>
        ServiceRequests.Create(_settings.Service, operation, step, [.. secrets, .. _settings.Secrets], writeBody);

    private void WriteSecretHash(Utf8JsonWriter json, string username)
    {
        if (_settings.CreateSecretHash(username) is { } hash)
            json.WriteString("SECRET_HASH", hash);
    }
}
