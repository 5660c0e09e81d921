using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>
/// Keeps the SDK from repeating a create whose answer was lost. If the connection was reset, the SDK's retry handler takes it for a stale
/// connection and repeats the request up to ten times, without asking the retry policy. Cognito may have carried out the create by then,
/// and a repeat would make a second pool or app client. So this handler, which stands inside the retry handler, turns the error into one
/// that the retry handler passes to the policy.
/// </summary>
internal sealed class LostAnswerHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (Exception error) when (
            executionContext.RequestContext.OriginalRequest is AwsRequest { Operation.RepeatMakesDuplicate: true } && IsConnectionError(error))
        {
            throw new LostAnswerException(error);
        }
    }

    private static bool IsConnectionError(Exception error) =>
        error is IOException or HttpRequestException || (error.InnerException is { } inner && IsConnectionError(inner));
}

/// <summary>The connection was lost after the request was sent.</summary>
internal sealed class LostAnswerException(Exception reason) : Exception("The connection was lost before the answer came.")
{
    /// <summary>The error of the connection. It is not the inner exception, because the SDK's retry handler looks at inner exceptions.</summary>
    public Exception Reason { get; } = reason;
}
