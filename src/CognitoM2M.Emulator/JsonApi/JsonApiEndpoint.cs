using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Quotas;
using CognitoM2M.Emulator.Signatures;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>The AWS JSON 1.1 protocol: finds the operation by name, checks its input, wraps its output or its error.</summary>
/// <param name="operations">By name.</param>
/// <param name="quotas">Null if requests are not held to quotas.</param>
/// <param name="signatures">Null if nobody looks at signatures.</param>
internal sealed class JsonApiEndpoint(
    FrozenDictionary<string, JsonApiOperation> operations, RequestQuotas? quotas, SignatureCheck? signatures)
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const int MaxHeaderLength = 1024;

    public bool Supports(string? operation) => operation is not null && operations.ContainsKey(operation);

    public async ValueTask<HttpAnswer?> AnswerAsync(JsonApiRequest request, CancellationToken cancellationToken)
    {
        var operation = request.Operation is null ? null : operations.GetValueOrDefault(request.Operation);
        try
        {
            var output = await RunAsync(request, operation, cancellationToken).ConfigureAwait(false);
            var answer = output is null
                ? new HttpAnswer(StatusCodes.Status200OK) { ContentType = ContentType }
                : HttpAnswer.Json(StatusCodes.Status200OK, output, ContentType);
            return WithRequestId(answer);
        }
        catch (RefusedException e)
        {
            return Refused(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The state file cannot be written, or the emulator is wrong. What was changed is changed, but nobody may rely on it.
            var name = operation?.InternalErrorName ?? "InternalErrorException";
            return Refused(new RefusedException(name, e.Message, StatusCodes.Status500InternalServerError));
        }
    }

    private ValueTask<JsonObject?> RunAsync(JsonApiRequest request, JsonApiOperation? operation, CancellationToken cancellationToken)
    {
        if (operation is null)
            throw new RefusedException("UnknownOperationException", $"The emulator does not support the operation '{request.Operation}'.");
        if (request.ContentType?.StartsWith("application/x-amz-json", StringComparison.OrdinalIgnoreCase) != true)
            throw RefusedException.Serialization($"Content-Type must be {ContentType}.");
        if (request.Body is not { } body)
            throw RefusedException.Serialization("The body is larger than 1 MiB.", StatusCodes.Status413PayloadTooLarge);

        signatures?.Check(operation.Name, request.Headers, body.Span);
        var input = request.Input ?? throw RefusedException.Serialization("The body is not a JSON object.");
        Throttle(operation.Name, input);
        operation.Input.Check(input.Members);
        return operation.Run(input, cancellationToken);
    }

    private void Throttle(string operation, JsonApiInput input)
    {
        var poolId = input.Text("UserPoolId") ?? input.Text("ResourceArn")?.Split('/')[^1];
        if (quotas is not null && RequestQuota.Find(operation) is { } quota && !quotas.TryTake(quota, operation, poolId))
            throw new RefusedException("TooManyRequestsException", "Rate exceeded");
    }

    private static HttpAnswer Refused(RefusedException error)
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
        string.Create(Math.Min(message.Length, MaxHeaderLength), message, (safe, original) =>
        {
            for (var i = 0; i < safe.Length; i++)
                safe[i] = original[i] is >= ' ' and <= '~' ? original[i] : '?';
        });
}
