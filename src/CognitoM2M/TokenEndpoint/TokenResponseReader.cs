using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Reads any response to a token request: a token, an error that names itself, or something else that an HTTP server sends.</summary>
internal sealed class TokenResponseReader(TokenRoute route, TokenFailureFactory failures, string scopes, MonotonicClock clock)
{
    private const int MaxResponseLength = 1024 * 1024;

    public async Task<FetchOutcome> ReadAsync(
        HttpResponseMessage response, string secret, TimeSpan sentAt, DateTimeOffset sentAtUtc, CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? ReadToken(response, body, problem, sentAt, sentAtUtc)
            : failures.Answered(response, route.ReadError(response, body), secret, clock.TimeProvider.GetUtcNow());
    }

    private FetchOutcome ReadToken(HttpResponseMessage response, JsonElement? body, string? problem, TimeSpan sentAt, DateTimeOffset sentAtUtc)
    {
        try
        {
            var token = route.ReadToken(body ?? throw new InvalidTokenResponseException(problem!));
            var lifetime = TokenLifetime.Cap(token.Lifetime);
            var granted = GrantedScopes.Read(token.AccessToken, scopes);
            return new IssuedToken(new CognitoAccessToken(token.AccessToken, sentAtUtc + lifetime, granted), sentAt, lifetime);
        }
        catch (InvalidTokenResponseException invalid)
        {
            return failures.NotAToken(response, invalid.Message);
        }
    }

    /// <summary>Reads the body as a JSON object, or says why the body is not a JSON object.</summary>
    private static async Task<(JsonElement? Body, string? Problem)> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxResponseLength, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return (null, "it is longer than 1 MiB");
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return StrictJson.TryParseObject(bytes, out var body) is { } problem ? (null, $"it is {problem}") : (body, null);
    }
}
