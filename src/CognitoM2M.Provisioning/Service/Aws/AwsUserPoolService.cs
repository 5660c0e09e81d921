using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>Calls the user pools API through AWS's own SDK runtime: credentials, signatures, retries, endpoints.</summary>
internal sealed class AwsUserPoolService : AmazonServiceClient, IUserPoolService
{
    private AwsUserPoolService(AwsServiceConfig config)
        : base(config)
    {
    }

    private AwsUserPoolService(AWSCredentials credentials, AwsServiceConfig config)
        : base(credentials, config)
    {
    }

    /// <summary>Whether requests go to FIPS endpoints. The options, the environment or the profile decide.</summary>
    public bool UsesFips => Config.UseFIPSEndpoint;

    /// <summary>The region code. The options, the environment or the profile decide.</summary>
    public string? Region => Config.RegionEndpoint?.SystemName ?? Config.AuthenticationRegion;

    /// <summary>The address of the user pools API.</summary>
    public string Address => ServiceAddress.Find(Config);

    /// <summary>The address of the user pools API if it can only be an emulator; otherwise null.</summary>
    public Uri? EmulatorAddress => ServiceAddress.IsEmulator(Address) ? new Uri(Address) : null;

    /// <summary>The AWS account of the credentials; null if they do not say it.</summary>
    public Task<string?> FindAccountAsync() => CredentialsAccount.FindAsync(ExplicitAWSCredentials, Config);

    /// <inheritdoc cref="CredentialsAccount.FindAsync(AWSCredentials)"/>
    public static Task<string?> FindAccountAsync(AWSCredentials credentials) => CredentialsAccount.FindAsync(credentials);

    // Answers hold client secrets.
    protected override bool SupportResponseLogging => false;

    /// <exception cref="CognitoProvisioningException">No region is known, or there are no credentials.</exception>
    public static AwsUserPoolService Create(CognitoProvisionerOptions options)
    {
        try
        {
            var config = AwsServiceConfig.Create(options);
            var credentials = options.Credentials ?? EmulatorCredentials.Find(options, config.ServiceURL, Environment.GetEnvironmentVariable);
            return credentials is null ? new(config) : new(credentials, config);
        }
        catch (AmazonClientException e)
        {
            throw AwsFailures.CreateForSetup(e);
        }
    }

    public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        var call = new AwsRequest(operation, operation.WriteInput(request))
        {
            UserPoolId = (request as IUserPoolRequest)?.UserPoolId,
            Secret = (request as ISecretRequest)?.Secret,
        };
        var options = new InvokeOptions
        {
            RequestMarshaller = AwsRequestMarshaller.Instance,
            ResponseUnmarshaller = new AwsAnswerUnmarshaller<TOut>(operation.ReadOutput),
        };

        try
        {
            var answer = await InvokeAsync<AwsAnswer<TOut>>(call, options, cancellationToken).ConfigureAwait(false);
            return operation.IsComplete(answer.Output!) ? answer.Output! : throw AwsFailures.CreateForIncompleteAnswer(call, Address);
        }
        catch (Exception e)
        {
            if (AwsFailures.Find(e, call, Address, cancellationToken) is not { } failure)
                throw;

            failure.MayBeCarriedOut = call.MayBeCarriedOut;
            throw failure;
        }
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new AwsRetryPolicy((AwsServiceConfig)Config)));
        pipeline.AddHandlerAfter<RetryHandler>(new LostAnswerHandler());
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AwsEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AwsSigningResolver());
    }
}
