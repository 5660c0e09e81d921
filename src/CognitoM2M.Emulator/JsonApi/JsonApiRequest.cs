using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>A request to the JSON API as it arrived, before any check.</summary>
internal sealed class JsonApiRequest
{
    private const string TargetPrefix = "AWSCognitoIdentityProviderService.";

    /// <summary>The operation in the header <c>X-Amz-Target</c>; null if the header is missing or names another service.</summary>
    public required string? Operation { get; init; }

    public required string? ContentType { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    /// <summary>Null if the body was too large.</summary>
    public required ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Null if the body was too large or is not a JSON object.</summary>
    public required JsonApiInput? Input { get; init; }

    public static async Task<JsonApiRequest> ReadAsync(HttpRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        var body = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        return new JsonApiRequest
        {
            Operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : null,
            ContentType = request.ContentType,
            Headers = request.Headers,
            Body = body is null ? (ReadOnlyMemory<byte>?)null : body,
            Input = body is null ? null : JsonApiInput.Parse(body),
        };
    }
}
