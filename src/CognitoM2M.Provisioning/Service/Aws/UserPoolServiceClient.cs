using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Internal;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>The SDK's machinery with the user pools API on top: marshal, retry, sign, send, unmarshal.</summary>
internal sealed class UserPoolServiceClient : AmazonServiceClient
{
    private UserPoolServiceClient(UserPoolServiceConfig config)
        : base(config)
    {
    }

    private UserPoolServiceClient(AWSCredentials credentials, UserPoolServiceConfig config)
        : base(credentials, config)
    {
    }

    // Answers hold client secrets.
    protected override bool SupportResponseLogging => false;

    public static UserPoolServiceClient Create(AwsCognitoUserPoolApiOptions options)
    {
        try
        {
            var config = Configure(options);
            return options.Credentials is { } credentials ? new(credentials, config) : new(config);
        }
        catch (AmazonClientException e)
        {
            throw AwsFailures.OfSetUp(e);
        }
    }

    public async Task<TOut> CallAsync<TIn, TOut>(
        WireRequest request, TIn input, JsonTypeInfo<TIn> inputType, JsonTypeInfo<TOut> outputType, string? userPoolId,
        CancellationToken cancellationToken, Func<TOut, object?>? required = null)
        where TOut : class
    {
        ArgumentNullException.ThrowIfNull(input);
        request.Content = JsonSerializer.SerializeToUtf8Bytes(input, inputType);
        var options = new InvokeOptions { RequestMarshaller = WireMarshaller.Instance, ResponseUnmarshaller = new WireUnmarshaller<TOut>(outputType) };

        try
        {
            var response = await InvokeAsync<WireResponse<TOut>>(request, options, cancellationToken).ConfigureAwait(false);
            return required is null || required(response.Output!) is not null
                ? response.Output!
                : throw AwsFailures.Incomplete(request.Operation, ServiceAddress.For(Config));
        }
        catch (Exception e)
        {
            if (AwsFailures.Of(e, request, userPoolId, ServiceAddress.For(Config), cancellationToken) is { } failure)
                throw failure;
            throw;
        }
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new WireRetryPolicy((UserPoolServiceConfig)Config)));
        pipeline.AddHandlerAfter<RetryHandler>(new LostAnswerHandler());
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new WireEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new WireAuthResolver());
    }

    private static UserPoolServiceConfig Configure(AwsCognitoUserPoolApiOptions options)
    {
        if (options.Region is { } region && !AwsPartition.IsRegionCode(region))
            throw AwsFailures.Configuration($"'{region}' is not a region code such as eu-west-1.");

        if (options.EndpointUrl is { IsAbsoluteUri: false })
            throw AwsFailures.Configuration($"The endpoint address '{options.EndpointUrl}' is not absolute.");

        var config = new UserPoolServiceConfig { Timeout = options.Timeout, LogResponse = false, LongestBackOff = options.LongestBackOff };
        if (options.Profile is not null)
            config.Profile = new Profile(options.Profile);
        if (options.UseFips is { } useFips)
            config.UseFIPSEndpoint = useFips;
        if (options.UseDualStack is { } useDualStack)
            config.UseDualstackEndpoint = useDualStack;

        var regionName = options.Region ?? RegionOfProfile(options.Profile);

        // In the SDK an address and a region clear each other, so a configured address is looked up before the region is set.
        if ((options.EndpointUrl?.AbsoluteUri ?? config.ServiceURL) is { } address)
            UseAddress(config, address, regionName);
        else if (regionName is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(regionName);

        return config;
    }

    /// <summary>The region of a profile that was named; the SDK itself looks only into the one that AWS_PROFILE names.</summary>
    private static string? RegionOfProfile(string? name)
    {
        if (name is null)
            return null;
        if (!new CredentialProfileStoreChain().TryGetProfile(name, out var profile))
            throw AwsFailures.Configuration($"There is no AWS profile '{name}'.");

        return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_REGION")) ? profile.Region?.SystemName : null;
    }

    private static void UseAddress(UserPoolServiceConfig config, string address, string? region)
    {
        if (config.UseFIPSEndpoint || config.UseDualstackEndpoint)
            throw AwsFailures.Configuration($"FIPS and dual stack have no effect at a given address ({address}); use one or the other.");

        var signingRegion = region ?? config.RegionEndpoint?.SystemName ?? FallbackRegionFactory.GetRegionEndpoint(false)?.SystemName ?? "us-east-1";
        config.ServiceURL = address;
        config.AuthenticationRegion = signingRegion;
    }
}
