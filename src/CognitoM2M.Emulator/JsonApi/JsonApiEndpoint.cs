using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Quotas;
using CognitoM2M.Emulator.Signatures;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>The AWS JSON 1.1 protocol: finds the operation by its name, checks the input, and writes the output or the error.</summary>
/// <param name="operations">The supported operations by name.</param>
/// <param name="throttle">Null if quotas are not enforced.</param>
/// <param name="quotaRegion">Finds the region whose quotas a request uses.</param>
/// <param name="signatures">Null if signatures are not checked.</param>
internal sealed class JsonApiEndpoint(
    FrozenDictionary<string, JsonApiOperation> operations, RequestThrottle? throttle, QuotaRegion quotaRegion, SignatureCheck? signatures)
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const int MaxHeaderLength = 1024;

    public bool Supports(string? operation) => operation is not null && operations.ContainsKey(operation);

    public async ValueTask<PreparedResponse?> HandleAsync(JsonApiRequest request, CancellationToken cancellationToken)
    {
        var operation = request.Operation is null ? null : operations.GetValueOrDefault(request.Operation);
        try
        {
            var output = await RunAsync(request, operation, cancellationToken).ConfigureAwait(false);
            var response = output is null
                ? new PreparedResponse(StatusCodes.Status200OK) { ContentType = ContentType }
                : PreparedResponse.CreateJson(StatusCodes.Status200OK, output, ContentType);
            return WithRequestId(response);
        }
        catch (RefusedException e)
        {
            return CreateErrorResponse(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The state file cannot be written, or the emulator has a bug. The change may have been made, but the caller must not rely on
            // it.
            var name = operation?.InternalErrorName ?? "InternalErrorException";
            return CreateErrorResponse(new RefusedException(name, e.Message, StatusCodes.Status500InternalServerError));
        }
    }

    /// <summary>Carries out an operation for a caller in the same process: without signature and quota.</summary>
    /// <returns>The output, or the error as a response would hold it.</returns>
    public async Task<JsonObject> CallAsync(string operation, JsonElement input, CancellationToken cancellationToken)
    {
        try
        {
            var found = operations.GetValueOrDefault(operation) ?? throw CreateUnknownOperationError(operation);
            var members = JsonApiInput.Parse(Encoding.UTF8.GetBytes(input.GetRawText()))
                ?? throw RefusedException.Serialization("The input is not a JSON object.");
            found.Input.Check(members.Members);
            return await found.Run(members, cancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (RefusedException e)
        {
            return DescribeError(e);
        }
    }

    private static RefusedException CreateUnknownOperationError(string? operation) =>
        new("UnknownOperationException", $"The emulator does not support the operation '{operation}'.");

    private static JsonObject DescribeError(RefusedException error) => new() { ["__type"] = error.ErrorName, ["message"] = error.Message };

    private ValueTask<JsonObject?> RunAsync(JsonApiRequest request, JsonApiOperation? operation, CancellationToken cancellationToken)
    {
        if (operation is null)
            throw CreateUnknownOperationError(request.Operation);
        if (request.ContentType?.StartsWith("application/x-amz-json", StringComparison.OrdinalIgnoreCase) != true)
            throw RefusedException.Serialization($"Content-Type must be {ContentType}.");
        if (request.Body is not { } body)
            throw RefusedException.Serialization("The body is larger than 1 MiB.", StatusCodes.Status413PayloadTooLarge);

        signatures?.Check(operation.Name, request.Headers, body.Span);
        var input = request.Input ?? throw RefusedException.Serialization("The body is not a JSON object.");
        var region = SignedRegion.Find(request.Headers);
        CheckQuota(operation.Name, input, region);
        operation.Input.Check(input.Members);
        return operation.Run(input.ForRegion(region), cancellationToken);
    }

    private void CheckQuota(string operation, JsonApiInput input, string? signedRegion)
    {
        if (throttle is null || RequestQuota.Find(operation) is not { } quota)
            return;

        var poolId = input.GetText("UserPoolId") ?? input.GetText("ResourceArn")?.Split('/')[^1];
        var region = quotaRegion.Find(signedRegion, poolId, input.GetText("ClientId") ?? FindClientOfToken(input.GetText("AccessToken")));
        if (!throttle.TryTake(quota, region, operation, poolId))
            throw new RefusedException("TooManyRequestsException", "Rate exceeded");
    }

    // The operations that take an access token are not signed, and name no user pool.
    private static string? FindClientOfToken(string? accessToken) =>
        accessToken is not null && SignedJwt.ReadUnverified(accessToken) is { } claims
        && claims.TryGetProperty("client_id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    private static PreparedResponse CreateErrorResponse(RefusedException error)
    {
        var response = WithRequestId(PreparedResponse.CreateJson(error.StatusCode, DescribeError(error), ContentType));

        return response with
        {
            Headers = response.Headers.Add("x-amzn-ErrorType", error.ErrorName + ":").Add("x-amzn-ErrorMessage", MakeHeaderSafe(error.Message)),
        };
    }

    private static PreparedResponse WithRequestId(PreparedResponse response) =>
        response with { Headers = response.Headers.Add("x-amzn-RequestId", Guid.NewGuid().ToString()) };

    // A message may repeat text of the caller that a header cannot carry, such as a line feed.
    private static string MakeHeaderSafe(string message) =>
        string.Create(Math.Min(message.Length, MaxHeaderLength), message, (safe, original) =>
        {
            for (var i = 0; i < safe.Length; i++)
                safe[i] = original[i] is >= ' ' and <= '~' ? original[i] : '?';
        });
}
