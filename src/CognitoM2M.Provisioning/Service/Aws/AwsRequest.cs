using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>A request to the user pools API, in the form that the SDK passes through its pipeline.</summary>
internal sealed class AwsRequest(Operation operation, byte[] content) : AmazonWebServiceRequest
{
    public Operation Operation { get; } = operation;

    public byte[] Content { get; } = content;

    /// <summary>The user pool that the request names.</summary>
    public string? UserPoolId { get; init; }

    /// <summary>A secret in the content, which Cognito might quote when it refuses the request.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether Cognito may have carried the request out, because the answer to an attempt was lost or was a server error.</summary>
    public bool MayBeCarriedOut { get; set; }
}

/// <summary>Writes requests in the form of AWS JSON 1.1: the operation stands in a header, the input in the body.</summary>
internal sealed class AwsRequestMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static readonly AwsRequestMarshaller Instance = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (AwsRequest)input;
        var request = new DefaultRequest(call, AwsServiceConfig.ServiceName)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = call.Content,
        };
        request.Headers["X-Amz-Target"] = $"AWSCognitoIdentityProviderService.{call.Operation.Name}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["x-amz-api-version"] = AwsServiceConfig.ApiVersion;
        return request;
    }
}
