using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator;

/// <summary>What goes wrong at an endpoint.</summary>
/// <remarks>
/// Without <see cref="StatusCode"/>, <see cref="Body"/> and <see cref="DropConnection"/> the normal answer is given, after
/// <see cref="Latency"/> and with <see cref="Headers"/>. Token requests are counted even if they are answered by a fault.
/// A value out of range is refused with an <see cref="ArgumentException"/> as it is set.
/// </remarks>
public sealed record EmulatorFault
{
    private static readonly TimeSpan _longestLatency = TimeSpan.FromDays(49);

    /// <summary>How long to wait, on the emulator's clock, before anything else happens.</summary>
    /// <value>
    /// Zero by default; at most 49 days, or <see cref="Timeout.InfiniteTimeSpan"/> for an endpoint that hangs. The wait also
    /// ends when the client disconnects or the emulator is disposed.
    /// </value>
    public TimeSpan Latency
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value <= _longestLatency)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be between zero and 49 days, or infinite.");
    }

    /// <summary>The HTTP status to answer with.</summary>
    /// <value>Null by default, which is 200 if there is a <see cref="Body"/>; 200 to 599.</value>
    public int? StatusCode
    {
        get;
        init => field = value is null or (>= 200 and <= 599)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be between 200 and 599.");
    }

    /// <summary>The body to answer with, sent as UTF-8.</summary>
    /// <value>
    /// Null by default: an empty body if there is a <see cref="StatusCode"/>. Left out with status 204, 205 and 304, which have none.
    /// </value>
    public string? Body { get; init; }

    /// <summary>The Content-Type of <see cref="Body"/>.</summary>
    /// <value><c>text/plain;charset=UTF-8</c> by default.</value>
    public string ContentType { get; init; } = "text/plain;charset=UTF-8";

    /// <summary>Headers to send with the answer, the normal one included; they replace headers of the same name.</summary>
    /// <value>None by default; printable ASCII.</value>
    public IReadOnlyDictionary<string, string> Headers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(header => header.Key is "" || (header.Key + header.Value).AsSpan().ContainsAnyExceptInRange(' ', '~')))
                throw new ArgumentException("Header names and values must be printable ASCII.", nameof(value));
            field = HttpAnswer.NoHeaders.SetItems(value);
        }
    } = HttpAnswer.NoHeaders;

    /// <summary>Whether to cut the connection instead of answering.</summary>
    public bool DropConnection { get; init; }

    /// <summary>
    /// Whether to do what is asked, before <see cref="Latency"/> even, and only then let things go wrong: a user pool is created, a
    /// token issued, but the caller gets this fault for an answer.
    /// </summary>
    public bool ActFirst { get; init; }

    /// <summary>How many requests pass unharmed before the fault strikes.</summary>
    /// <value>0 by default.</value>
    public int Skip
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Must not be negative.");
    }

    /// <summary>How many requests meet the fault before it clears itself.</summary>
    /// <value>Null by default: until cleared; at least 1.</value>
    public int? Times
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be at least 1.");
    }

    /// <summary>An empty answer with this status.</summary>
    public static EmulatorFault Status(int statusCode) => new() { StatusCode = statusCode };

    /// <summary>An HTML page instead of JSON: what a firewall or proxy answers.</summary>
    public static EmulatorFault Html(int statusCode) => new()
    {
        StatusCode = statusCode,
        ContentType = "text/html",
        Body = $"<html><head><title>{statusCode}</title></head><body><h1>{statusCode}</h1></body></html>",
    };

    /// <summary>Status 429, and a body that says so as the JSON API does.</summary>
    /// <param name="retryAfter">The Retry-After header, rounded up to whole seconds; null for none, as Cognito may send none.</param>
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

    /// <summary>An error as the token endpoint gives it: status 400 and <c>{"error":"..."}</c>.</summary>
    /// <param name="error">An error code such as <c>invalid_client</c> (RFC 6749, section 5.2).</param>
    public static EmulatorFault OAuthError(string error) => new()
    {
        StatusCode = StatusCodes.Status400BadRequest,
        ContentType = "application/json;charset=UTF-8",
        Body = new JsonObject { ["error"] = error }.ToJsonString(),
    };

    /// <summary>An error as the JSON API gives it.</summary>
    /// <param name="name">Such as <c>TooManyRequestsException</c>.</param>
    /// <param name="message">Printable ASCII.</param>
    /// <param name="statusCode">400 by default, which Cognito uses for throttling as well.</param>
    public static EmulatorFault AwsError(string name, string message, int statusCode = StatusCodes.Status400BadRequest) => new()
    {
        StatusCode = statusCode,
        ContentType = "application/x-amz-json-1.1",
        Body = new JsonObject { ["__type"] = name, ["message"] = message }.ToJsonString(),
        Headers = HttpAnswer.NoHeaders.Add("x-amzn-ErrorType", name + ":").Add("x-amzn-ErrorMessage", message),
    };

    /// <summary>The normal answer, late.</summary>
    public static EmulatorFault Slow(TimeSpan latency) => new() { Latency = latency };

    /// <summary>No answer at all.</summary>
    public static EmulatorFault Hang() => Slow(Timeout.InfiniteTimeSpan);

    /// <summary>A connection cut off instead of an answer.</summary>
    public static EmulatorFault Drop() => new() { DropConnection = true };

    /// <summary>A connection cut off after the work has been done: the caller cannot know whether it was.</summary>
    public static EmulatorFault LostAnswer() => new() { DropConnection = true, ActFirst = true };

    internal HttpAnswer? ToAnswer() => (StatusCode, Body) switch
    {
        (null, null) => null,
        (_, null) or (204 or 205 or 304, _) => new HttpAnswer(StatusCode.Value),
        _ => new HttpAnswer(StatusCode ?? StatusCodes.Status200OK) { ContentType = ContentType, Body = Encoding.UTF8.GetBytes(Body) },
    };
}
