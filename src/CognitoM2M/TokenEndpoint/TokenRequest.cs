using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>One request for a token with its credentials: how its messages are written, and how their answers are read.</summary>
internal abstract class TokenRequest
{
    /// <summary>Creates a message. A request that is repeated has a new message each time.</summary>
    public abstract HttpRequestMessage CreateMessage();

    /// <summary>Reads the body of a successful response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body.</param>
    /// <param name="sent">When the message was sent.</param>
    /// <exception cref="InvalidTokenResponseException">The body is not a token response.</exception>
    public abstract FetchOutcome ReadAnswer(HttpResponseMessage response, JsonElement body, SentAt sent);

    /// <summary>Reads any other response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body; null if the body is not a JSON object.</param>
    /// <param name="now">The time.</param>
    public abstract TokenFailure ReadFailure(HttpResponseMessage response, JsonElement? body, DateTimeOffset now);

    /// <summary>Whether the request may be sent again at once after a transient failure.</summary>
    public virtual bool MayRepeatAfter(TokenFailure failure) => true;
}

/// <summary>When a message was sent: on the monotonic clock, and by the wall clock.</summary>
internal readonly record struct SentAt(TimeSpan Elapsed, DateTimeOffset Utc);
