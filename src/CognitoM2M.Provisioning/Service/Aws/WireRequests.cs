using Amazon.Runtime;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>A request on its way through the SDK.</summary>
internal abstract class WireRequest : AmazonWebServiceRequest
{
    public string Operation => GetType().Name[..^"Request".Length];

    public byte[] Content { get; set; } = [];

    /// <summary>A secret in the content, which the service might quote when it refuses the request.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether a second copy of a request whose answer was lost makes a second thing.</summary>
    public virtual bool RepeatMakesDuplicate => false;

    /// <summary>Whether AWS credentials sign the request.</summary>
    public virtual bool IsSigned => true;
}

/// <summary>The SDK names an operation in telemetry and logs after the type of its request, so each has its own.</summary>
internal static class WireRequests
{
    internal sealed class CreateUserPoolRequest : WireRequest
    {
        public override bool RepeatMakesDuplicate => true;
    }

    internal sealed class DescribeUserPoolRequest : WireRequest;

    internal sealed class UpdateUserPoolRequest : WireRequest;

    internal sealed class ListUserPoolsRequest : WireRequest;

    internal sealed class DeleteUserPoolRequest : WireRequest;

    internal sealed class CreateUserPoolDomainRequest : WireRequest;

    internal sealed class DescribeUserPoolDomainRequest : WireRequest;

    internal sealed class UpdateUserPoolDomainRequest : WireRequest;

    internal sealed class DeleteUserPoolDomainRequest : WireRequest;

    internal sealed class CreateResourceServerRequest : WireRequest;

    internal sealed class DescribeResourceServerRequest : WireRequest;

    internal sealed class ListResourceServersRequest : WireRequest;

    internal sealed class UpdateResourceServerRequest : WireRequest;

    internal sealed class DeleteResourceServerRequest : WireRequest;

    internal sealed class CreateUserPoolClientRequest : WireRequest
    {
        public override bool RepeatMakesDuplicate => true;
    }

    internal sealed class DescribeUserPoolClientRequest : WireRequest;

    internal sealed class ListUserPoolClientsRequest : WireRequest;

    internal sealed class UpdateUserPoolClientRequest : WireRequest;

    internal sealed class DeleteUserPoolClientRequest : WireRequest;

    internal sealed class AddUserPoolClientSecretRequest : WireRequest
    {
        public override bool RepeatMakesDuplicate => true;
    }

    internal sealed class ListUserPoolClientSecretsRequest : WireRequest;

    internal sealed class DeleteUserPoolClientSecretRequest : WireRequest;

    internal sealed class TagResourceRequest : WireRequest;

    internal sealed class UntagResourceRequest : WireRequest;

    internal sealed class ListTagsForResourceRequest : WireRequest;

    internal sealed class GetClientTokenRequest : WireRequest
    {
        public override bool IsSigned => false;
    }
}
