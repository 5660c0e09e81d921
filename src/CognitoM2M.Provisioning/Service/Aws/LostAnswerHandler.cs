using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>
/// Stands inside the SDK's retry handler. That one repeats a request up to ten times when the connection was reset, without asking
/// the retry policy: it takes the connection for stale. A create may have been carried out by then, and a repeat would make a second
/// pool or client, so for those the reset is given another form, which the retry handler leaves to the policy.
/// </summary>
internal sealed class LostAnswerHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (Exception error) when (executionContext.RequestContext.OriginalRequest is WireRequest { RepeatMakesDuplicate: true } && IsConnectionError(error))
        {
            throw new LostAnswerException(error);
        }
    }

    private static bool IsConnectionError(Exception error) =>
        error is IOException or HttpRequestException || (error.InnerException is { } inner && IsConnectionError(inner));
}

/// <summary>The connection was lost after the request was sent. Not an inner exception, since the retry handler looks at those.</summary>
internal sealed class LostAnswerException(Exception reason) : Exception("The connection was lost before the answer came.")
{
    public Exception Reason { get; } = reason;
}
