using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>AWS JSON 1.1: the operation stands in a header, the input in the body.</summary>
internal sealed class WireMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static readonly WireMarshaller Instance = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var wire = (WireRequest)input;
        var request = new DefaultRequest(wire, UserPoolServiceConfig.ServiceName)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = wire.Content,
        };
        request.Headers["X-Amz-Target"] = $"AWSCognitoIdentityProviderService.{wire.Operation}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["x-amz-api-version"] = UserPoolServiceConfig.ApiVersion;
        return request;
    }
}
