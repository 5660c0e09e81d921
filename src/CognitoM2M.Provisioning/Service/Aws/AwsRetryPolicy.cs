using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>The standard retry policy of the SDK, with three corrections for this service.</summary>
internal sealed class AwsRetryPolicy : StandardRetryPolicy
{
    public AwsRetryPolicy(AwsServiceConfig config)
        : base(config) => MaxBackoffInMilliseconds = (int)config.LongestBackOff.TotalMilliseconds;

    // The SDK takes this error for throttling. In this service it means that a quota is used up, and repeating the request does not help.
    public override bool IsThrottlingError(Exception exception) =>
        FindErrorCode(exception) != ServiceRefusal.LimitExceeded && base.IsThrottlingError(exception);

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
        Decide(executionContext, exception) ?? base.RetryForException(executionContext, exception);

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
        Decide(executionContext, exception) is { } decision
            ? Task.FromResult(decision)
            : base.RetryForExceptionAsync(executionContext, exception);

    /// <summary>Whether to repeat the request; null if the standard policy decides.</summary>
    private bool? Decide(IExecutionContext executionContext, Exception exception) => FindErrorCode(exception) switch
    {
        ServiceRefusal.LimitExceeded => false,
        ServiceRefusal.ConcurrentModification => true,
        _ when executionContext.RequestContext.OriginalRequest is AwsRequest { Operation.RepeatMakesDuplicate: true } => IsThrottlingError(exception),
        _ => null,
    };

    private static string? FindErrorCode(Exception exception) => (exception as AmazonServiceException)?.ErrorCode;
}
