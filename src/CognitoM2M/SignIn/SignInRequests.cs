using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>A request for the tokens of a user: AWS JSON 1.1, unsigned.</summary>
/// <param name="settings">The client.</param>
/// <param name="failures">Makes failures.</param>
/// <param name="metadata">The client metadata in canonical form; empty for none.</param>
/// <param name="secrets">The secrets in the request, which no message may show.</param>
internal abstract class SignInRequest(AppClientSettings settings, SignInFailures failures, string metadata, params string?[] secrets) : TokenRequest
{
    protected AppClientSettings Settings { get; } = settings;

    /// <summary>The operation of the user pools API.</summary>
    protected abstract string Operation { get; }

    public override HttpRequestMessage CreateMessage() => JsonApiMessage.Create(Settings.Endpoint, Operation, json =>
    {
        json.WriteString("ClientId", Settings.ClientId);
        WriteMembers(json);
        if (metadata.Length > 0)
        {
            json.WritePropertyName("ClientMetadata");
            json.WriteRawValue(metadata);
        }
    });

    public override FetchOutcome ReadAnswer(HttpResponseMessage response, JsonElement body, SentAt sent) => SignInAnswer.FindChallenge(body) is { } challenge
        ? failures.Challenged(response, challenge)
        : SignInAnswer.Read(body, Settings, sent);

    public override TokenFailure ReadFailure(HttpResponseMessage response, JsonElement? body, DateTimeOffset now) => failures.Answered(response, body, now, secrets);

    protected abstract void WriteMembers(Utf8JsonWriter json);

    /// <summary>Writes a flow of InitiateAuth with its parameters.</summary>
    protected void WriteFlow(Utf8JsonWriter json, string flow, string username, string? clientSecret, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        json.WriteString("AuthFlow", flow);
        json.WriteStartObject("AuthParameters");
        foreach (var (name, value) in parameters)
            json.WriteString(name, value);
        if (clientSecret is not null)
            json.WriteString("SECRET_HASH", SecretHash.Compute(clientSecret, username, Settings.ClientId));
        json.WriteEndObject();
    }
}

/// <summary>The sign-in with user name and password.</summary>
internal sealed class PasswordRequest(AppClientSettings settings, SignInFailures failures, string metadata, string password, string? clientSecret)
    : SignInRequest(settings, failures, metadata, password, clientSecret)
{
    protected override string Operation => "InitiateAuth";

    // After any other failure Cognito may have judged the password, and a wrong password counts each time.
    public override bool MayRepeatAfter(TokenFailure failure) => failure.IsThrottled || failure.Cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    protected override void WriteMembers(Utf8JsonWriter json) =>
        WriteFlow(json, "USER_PASSWORD_AUTH", Settings.Username!, clientSecret, ("USERNAME", Settings.Username!), ("PASSWORD", password));
}

/// <summary>The use of a refresh token by GetTokensFromRefreshToken.</summary>
internal sealed class RotatingRefreshRequest(AppClientSettings settings, SignInFailures failures, string metadata, RefreshToken refreshToken, string? clientSecret)
    : SignInRequest(settings, failures, metadata, refreshToken.Value, clientSecret)
{
    protected override string Operation => "GetTokensFromRefreshToken";

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("RefreshToken", refreshToken.Value);
        if (clientSecret is not null)
            json.WriteString("ClientSecret", clientSecret);
    }
}

/// <summary>The use of a refresh token by InitiateAuth.</summary>
internal sealed class PlainRefreshRequest(AppClientSettings settings, SignInFailures failures, string metadata, RefreshToken refreshToken, string? clientSecret)
    : SignInRequest(settings, failures, metadata, refreshToken.Value, clientSecret)
{
    protected override string Operation => "InitiateAuth";

    protected override void WriteMembers(Utf8JsonWriter json) =>
        WriteFlow(json, "REFRESH_TOKEN_AUTH", refreshToken.Username, clientSecret, ("REFRESH_TOKEN", refreshToken.Value));
}
