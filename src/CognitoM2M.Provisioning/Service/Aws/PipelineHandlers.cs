using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>Asks the endpoint provider, to which the client's settings say everything.</summary>
internal sealed class WireEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new();

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
    }
}

/// <summary>Sends every request to the one address of the service.</summary>
internal sealed class WireEndpointProvider(IClientConfig config) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => new(ServiceAddress.For(config));
}

/// <summary>Signs what AWS wants signed.</summary>
internal sealed class WireAuthResolver : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        executionContext.RequestContext.OriginalRequest is WireRequest { IsSigned: false }
            ? AuthSchemeOption.DEFAULT_NOAUTH
            : AuthSchemeOption.DEFAULT_SIGV4;
}
