using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>Reads an answer of the service: the output, or the name of an error.</summary>
internal sealed class WireUnmarshaller<T>(JsonTypeInfo<T> outputType) : JsonResponseUnmarshaller
    where T : class
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        // Operations without output answer with an empty body, or with an empty object.
        if (outputType.Type == typeof(EmptyOutput))
            return new WireResponse<T>();

        return new WireResponse<T> { Output = JsonSerializer.Deserialize(input.Stream, outputType) ?? throw new JsonException("The answer is null.") };
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = ReadError(input);
        var type = statusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonServiceException(error.Message ?? "", innerException, type, error.Code, RequestId(input), statusCode);
    }

    /// <summary>The header wins; a name may have a namespace before it and a colon after it.</summary>
    private static (string? Code, string? Message) ReadError(JsonUnmarshallerContext input)
    {
        var code = input.ResponseData.IsHeaderPresent("x-amzn-ErrorType") ? input.ResponseData.GetHeaderValue("x-amzn-ErrorType") : null;
        string? message = null;

        try
        {
            using var body = JsonDocument.Parse(input.Stream);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                code ??= Text(body.RootElement, "__type");
                message = Text(body.RootElement, "message") ?? Text(body.RootElement, "Message");
            }
        }
        catch (JsonException)
        {
            // What a proxy or firewall answers is not JSON; without a code it is recognised as such later.
        }

        return (code?.Split(':')[0].Split('#')[^1], message);
    }

    private static string? Text(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? RequestId(JsonUnmarshallerContext input) =>
        input.ResponseData.IsHeaderPresent("x-amzn-RequestId") ? input.ResponseData.GetHeaderValue("x-amzn-RequestId") : null;
}

/// <summary>An output on its way back through the SDK.</summary>
internal sealed class WireResponse<T> : AmazonWebServiceResponse
    where T : class
{
    public T? Output { get; init; }
}
