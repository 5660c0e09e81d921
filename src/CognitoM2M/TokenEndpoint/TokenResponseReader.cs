using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Reads any response to a token request: a token, an error that names itself, or something else that an HTTP server sends.</summary>
internal sealed class TokenResponseReader(TokenRequest request, TokenFailureFactory failures, MonotonicClock clock)
{
    private const int MaxResponseLength = 1024 * 1024;

    public async Task<FetchOutcome> ReadAsync(HttpResponseMessage response, SentAt sent, CancellationToken cancellationToken)
    {
        var (body, problem) = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return request.ReadFailure(response, body, clock.TimeProvider.GetUtcNow());

        try
        {
            return request.ReadAnswer(response, body ?? throw new InvalidTokenResponseException(problem!), sent);
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
