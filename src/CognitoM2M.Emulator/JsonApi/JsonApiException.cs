using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>An operation refuses; becomes the JSON API's error envelope.</summary>
internal sealed class JsonApiException(string errorName, string message, int statusCode = StatusCodes.Status400BadRequest)
    : Exception(message)
{
    public string ErrorName { get; } = errorName;

    public int StatusCode { get; } = statusCode;

    public static JsonApiException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static JsonApiException Serialization(string message, int statusCode = StatusCodes.Status400BadRequest) =>
        new("SerializationException", message, statusCode);
}
