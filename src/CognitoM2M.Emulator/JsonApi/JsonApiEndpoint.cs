using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Http;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.UserPools;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.JsonApi;

internal delegate Task<JsonObject> JsonApiOperation(JsonApiInput input, CancellationToken cancellationToken);

/// <summary>The AWS JSON 1.1 protocol: finds the operation by name, wraps its output or its error. Signatures are not looked at.</summary>
internal sealed class JsonApiEndpoint(UserPoolDirectory userPools, AccessTokenIssuer issuer)
{
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly Dictionary<string, JsonApiOperation> _operations = new(StringComparer.Ordinal)
    {
        [GetClientTokenOperation.Name] = new GetClientTokenOperation(userPools, issuer).RunAsync,
    };

    public async ValueTask<HttpAnswer> AnswerAsync(JsonApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var output = await RunAsync(request, cancellationToken).ConfigureAwait(false);
            return WithRequestId(HttpAnswer.Json(StatusCodes.Status200OK, output, ContentType));
        }
        catch (JsonApiException e)
        {
            return Refused(e);
        }
    }

    private Task<JsonObject> RunAsync(JsonApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is null || !_operations.TryGetValue(request.Operation, out var operation))
            throw new JsonApiException("UnknownOperationException", $"The emulator does not support the operation '{request.Operation}'.");
        if (request.ContentType?.StartsWith("application/x-amz-json", StringComparison.OrdinalIgnoreCase) != true)
            throw JsonApiException.Serialization($"Content-Type must be {ContentType}.");
        if (request.IsTooLarge)
            throw JsonApiException.Serialization("The body is larger than 1 MiB.", StatusCodes.Status413PayloadTooLarge);

        return operation(request.Input ?? throw JsonApiException.Serialization("The body is not a JSON object."), cancellationToken);
    }

    private static HttpAnswer Refused(JsonApiException error)
    {
        var answer = WithRequestId(HttpAnswer.Json(
            error.StatusCode, new JsonObject { ["__type"] = error.ErrorName, ["message"] = error.Message }, ContentType));

        return answer with
        {
            Headers = answer.Headers.Add("x-amzn-ErrorType", error.ErrorName + ":").Add("x-amzn-ErrorMessage", HeaderSafe(error.Message)),
        };
    }

    private static HttpAnswer WithRequestId(HttpAnswer answer) =>
        answer with { Headers = answer.Headers.Add("x-amzn-RequestId", Guid.NewGuid().ToString()) };

    // Messages repeat what the caller sent, and a header cannot carry all of that.
    private static string HeaderSafe(string message) =>
        string.Create(message.Length, message, (safe, original) =>
        {
            for (var i = 0; i < safe.Length; i++)
                safe[i] = original[i] is >= ' ' and <= '~' ? original[i] : '?';
        });
}
