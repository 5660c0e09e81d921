using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>The SDK's standard policy, where it does not fit this service corrected.</summary>
internal sealed class WireRetryPolicy : StandardRetryPolicy
{
    public WireRetryPolicy(UserPoolServiceConfig config)
        : base(config) => MaxBackoffInMilliseconds = (int)config.LongestBackOff.TotalMilliseconds;

    // The SDK counts this name as throttling; here it says that a quota is used up, which no repeat changes.
    public override bool IsThrottlingError(Exception exception) =>
        ErrorCode(exception) != ServiceErrors.LimitExceeded && base.IsThrottlingError(exception);

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
        Decide(executionContext, exception) ?? base.RetryForException(executionContext, exception);

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
        Decide(executionContext, exception) is { } decision
            ? Task.FromResult(decision)
            : base.RetryForExceptionAsync(executionContext, exception);

    private bool? Decide(IExecutionContext executionContext, Exception exception) => ErrorCode(exception) switch
    {
        ServiceErrors.LimitExceeded => false,
        ServiceErrors.ConcurrentModification => true,
        _ when executionContext.RequestContext.OriginalRequest is WireRequest { RepeatMakesDuplicate: true } => IsThrottlingError(exception),
        _ => null,
    };

    private static string? ErrorCode(Exception exception) => (exception as AmazonServiceException)?.ErrorCode;
}
