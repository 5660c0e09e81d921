using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>What the SDK must know of the service.</summary>
internal sealed class UserPoolServiceConfig : ClientConfig
{
    public const string ServiceName = "cognito-idp";
    public const string ApiVersion = "2016-04-18";

    public UserPoolServiceConfig()
        : base(new DefaultConfigurationProvider(DefaultConfigurations()))
    {
        // Names the environment variable AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER and its like in profiles.
        ServiceId = "Cognito Identity Provider";
        AuthenticationServiceName = ServiceName;
        EndpointProvider = new WireEndpointProvider(this);
    }

    public TimeSpan LongestBackOff { get; init; }

    public override string ServiceVersion => ApiVersion;

    public override string UserAgent { get; } =
        InternalSDKUtils.BuildUserAgentString("Cognito Identity Provider", typeof(UserPoolServiceConfig).Assembly.GetName().Version!.ToString(3));

    public override string RegionEndpointServiceName => ServiceName;

    private static IEnumerable<IDefaultConfiguration> DefaultConfigurations() =>
        Enum.GetValues<DefaultConfigurationMode>().Select(mode => new DefaultConfiguration { Name = mode, RetryMode = RequestRetryMode.Standard });

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(ServiceAddress.For(this));
}
