using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>An answer of the user pools API, in the form that the SDK passes through its pipeline.</summary>
internal sealed class AwsAnswer<T> : AmazonWebServiceResponse
    where T : class
{
    public T? Output { get; init; }
}

/// <summary>Reads answers: the output of the operation, or the name of an error.</summary>
internal sealed class AwsAnswerUnmarshaller<T>(Func<Stream, T> readOutput) : JsonResponseUnmarshaller
    where T : class
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new AwsAnswer<T> { Output = readOutput(input.Stream) };

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var (code, message) = ReadError(input);
        var type = statusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonServiceException(message ?? "", innerException, type, code, FindHeader(input, "x-amzn-RequestId"), statusCode);
    }

    /// <summary>The name of the error comes from the header, or else from the body. A namespace before the name and a colon after it are cut off.</summary>
    private static (string? Code, string? Message) ReadError(JsonUnmarshallerContext input)
    {
        var code = FindHeader(input, "x-amzn-ErrorType");
        string? message = null;

        try
        {
            using var body = JsonDocument.Parse(input.Stream);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                code ??= FindText(body.RootElement, "__type");
                message = FindText(body.RootElement, "message") ?? FindText(body.RootElement, "Message");
            }
        }
        catch (JsonException)
        {
            // The answer comes from a proxy or a firewall. AwsFailures reports it, because the code is null.
        }

        return (code?.Split(':')[0].Split('#')[^1], message);
    }

    private static string? FindText(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? FindHeader(JsonUnmarshallerContext input, string name) =>
        input.ResponseData.IsHeaderPresent(name) ? input.ResponseData.GetHeaderValue(name) : null;
}
