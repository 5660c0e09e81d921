using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator;

/// <summary>
/// A fault of an endpoint or an operation: an error, a delay or a cut connection. Set it with <see cref="CognitoEmulator.Faults"/>.
/// </summary>
/// <remarks>
/// <para>
/// A fault without <see cref="StatusCode"/>, <see cref="Body"/> and <see cref="DropConnection"/> sends the normal response, after
/// <see cref="Latency"/> and with <see cref="Headers"/>. Requests that meet a fault are counted like all others.
/// </para>
/// <para>Setting a property to a value that is not allowed throws an <see cref="ArgumentException"/>.</para>
/// </remarks>
public sealed record EmulatorFault
{
    private static readonly TimeSpan _longestLatency = TimeSpan.FromDays(49);

    /// <summary>The delay before the response, measured by the emulator's clock.</summary>
    /// <value>
    /// Zero by default; at most 49 days, or <see cref="Timeout.InfiniteTimeSpan"/> for an endpoint that never responds. The wait also ends
    /// when the client disconnects or the emulator is disposed.
    /// </value>
    public TimeSpan Latency
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value <= _longestLatency)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The latency must be between zero and 49 days, or infinite.");
    }

    /// <summary>The HTTP status of the response.</summary>
    /// <value>Null by default; 200 to 599. If it is null and there is a <see cref="Body"/>, the status is 200.</value>
    public int? StatusCode
    {
        get;
        init => field = value is null or (>= 200 and <= 599)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The status code must be between 200 and 599.");
    }

    /// <summary>The body of the response, sent as UTF-8.</summary>
    /// <value>
    /// Null by default. If it is null and there is a <see cref="StatusCode"/>, the body is empty. The body is not sent with status 204, 205
    /// and 304, because HTTP allows no body there.
    /// </value>
    public string? Body { get; init; }

    /// <summary>The Content-Type of <see cref="Body"/>.</summary>
    /// <value><c>text/plain;charset=UTF-8</c> by default.</value>
    public string ContentType { get; init; } = "text/plain;charset=UTF-8";

    /// <summary>Headers that are added to the response. They replace headers of the same name.</summary>
    /// <value>Empty by default; names and values are printable ASCII.</value>
    public IReadOnlyDictionary<string, string> Headers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(header => header.Key is "" || (header.Key + header.Value).AsSpan().ContainsAnyExceptInRange(' ', '~')))
                throw new ArgumentException("Header names and values must be printable ASCII.", nameof(value));
            field = PreparedResponse.NoHeaders.SetItems(value);
        }
    } = PreparedResponse.NoHeaders;

    /// <summary>Whether to cut the connection instead of sending a response.</summary>
    /// <value>False by default.</value>
    public bool DropConnection { get; init; }

    /// <summary>Whether to process the request before the fault.</summary>
    /// <value>
    /// False by default. If true, the request is processed first, before <see cref="Latency"/> too. So a user pool is created or a token is
    /// issued, but the caller gets the fault as the response.
    /// </value>
    public bool ProcessFirst { get; init; }

    /// <summary>The number of requests that get a normal response before the fault begins.</summary>
    /// <value>0 by default; not negative.</value>
    public int Skip
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of skipped requests must not be negative.");
    }

    /// <summary>The number of requests that meet the fault. After them the fault clears itself.</summary>
    /// <value>Null by default, which keeps the fault until it is cleared; at least 1.</value>
    public int? Times
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of times must be at least 1.");
    }

    /// <summary>A response with this status and without a body.</summary>
    /// <param name="statusCode">200 to 599.</param>
    public static EmulatorFault Status(int statusCode) => new() { StatusCode = statusCode };

    /// <summary>An HTML page instead of JSON, as a firewall or a proxy sends it.</summary>
    /// <param name="statusCode">200 to 599.</param>
    public static EmulatorFault Html(int statusCode) => new()
    {
        StatusCode = statusCode,
        ContentType = "text/html",
        Body = $"<html><head><title>{statusCode}</title></head><body><h1>{statusCode}</h1></body></html>",
    };

    /// <summary>A response with status 429 and the error <c>TooManyRequestsException</c> of the JSON API.</summary>
    /// <param name="retryAfter">The header Retry-After, rounded up to whole seconds; null for a response without this header.</param>
    public static EmulatorFault Throttled(TimeSpan? retryAfter = null)
    {
        var fault = AwsError("TooManyRequestsException", "Rate exceeded", StatusCodes.Status429TooManyRequests);
        return retryAfter is not { } wait
            ? fault
            : fault with
            {
                Headers = new Dictionary<string, string>(fault.Headers, StringComparer.OrdinalIgnoreCase)
                {
                    ["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                },
            };
    }

    /// <summary>An error of the token endpoint: status 400 and the body <c>{"error":"..."}</c>.</summary>
    /// <param name="error">The error code, such as <c>invalid_client</c> (RFC 6749, section 5.2).</param>
    public static EmulatorFault OAuthError(string error) => new()
    {
        StatusCode = StatusCodes.Status400BadRequest,
        ContentType = "application/json;charset=UTF-8",
        Body = new JsonObject { ["error"] = error }.ToJsonString(),
    };

    /// <summary>An error of the JSON API.</summary>
    /// <param name="name">The name of the error, such as <c>TooManyRequestsException</c>.</param>
    /// <param name="message">The message; printable ASCII.</param>
    /// <param name="statusCode">200 to 599; 400 by default, which Cognito uses for throttling too.</param>
    public static EmulatorFault AwsError(string name, string message, int statusCode = StatusCodes.Status400BadRequest) => new()
    {
        StatusCode = statusCode,
        ContentType = "application/x-amz-json-1.1",
        Body = new JsonObject { ["__type"] = name, ["message"] = message }.ToJsonString(),
        Headers = PreparedResponse.NoHeaders.Add("x-amzn-ErrorType", name + ":").Add("x-amzn-ErrorMessage", message),
    };

    /// <summary>The normal response after a delay.</summary>
    /// <param name="latency">The delay; see <see cref="Latency"/>.</param>
    public static EmulatorFault Slow(TimeSpan latency) => new() { Latency = latency };

    /// <summary>No response at all: the request waits until the client gives up.</summary>
    public static EmulatorFault Hang() => Slow(Timeout.InfiniteTimeSpan);

    /// <summary>A cut connection instead of a response. The request is not processed.</summary>
    public static EmulatorFault Drop() => new() { DropConnection = true };

    /// <summary>A cut connection after the request was processed. The caller cannot know whether it was processed.</summary>
    public static EmulatorFault LostResponse() => new() { DropConnection = true, ProcessFirst = true };

    /// <summary>Creates the response of the fault; null if the normal response must be sent.</summary>
    internal PreparedResponse? CreateResponse() => (StatusCode, Body) switch
    {
        (null, null) => null,
        (_, null) or (204 or 205 or 304, _) => new PreparedResponse(StatusCode.Value),
        _ => new PreparedResponse(StatusCode ?? StatusCodes.Status200OK) { ContentType = ContentType, Body = Encoding.UTF8.GetBytes(Body) },
    };
}
