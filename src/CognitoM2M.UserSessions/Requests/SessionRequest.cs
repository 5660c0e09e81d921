using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>One request to Cognito: how it is written, and how its answer is read.</summary>
/// <remarks>A class and not a record, because the text of a record would show the secrets.</remarks>
internal sealed class SessionRequest
{
    /// <summary>The operation, for errors and logs.</summary>
    public required string Operation { get; init; }

    public required SessionStep Step { get; init; }

    /// <summary>The quota that Cognito counts the request in.</summary>
    public required RequestQuota Quota { get; init; }

    /// <summary>The secrets in the request, which no message may show.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Makes the message.</summary>
    public required Func<HttpRequestMessage> Create { get; init; }

    /// <summary>Reads name and message of an error.</summary>
    public required Func<HttpResponseMessage, JsonElement?, JsonApiError> ReadError { get; init; }
}
