using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>
/// Keeps the SDK from repeating a create whose answer was lost. If the connection was reset, the SDK's retry handler takes it for a stale
/// connection and repeats the request up to ten times, without asking the retry policy. Cognito may have carried out the create by then,
/// and a repeat would make a second pool or app client. So this handler, which stands inside the retry handler, turns the error into one
/// that the retry handler passes to the policy. The handler also notes on the request that an earlier attempt may have been carried out:
/// the refusal of a repeated create may then come from the create itself.
/// </summary>
internal sealed class LostAnswerHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (Exception error) when (executionContext.RequestContext.OriginalRequest is AwsRequest request)
        {
            request.MayBeCarriedOut |= !IsRefusal(error);
            if (request.Operation.RepeatMakesDuplicate && IsConnectionError(error))
                throw new LostAnswerException(error);
            throw;
        }
    }

    // A refusal has a status. An exception of the SDK for a lost connection has none.
    private static bool IsRefusal(Exception error) =>
        error is AmazonServiceException { StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.InternalServerError };

    private static bool IsConnectionError(Exception error) =>
        error is IOException or HttpRequestException || (error.InnerException is { } inner && IsConnectionError(inner));
}

/// <summary>The connection was lost after the request was sent.</summary>
internal sealed class LostAnswerException(Exception reason) : Exception("The connection was lost before the answer came.")
{
    /// <summary>The error of the connection. It is not the inner exception, because the SDK's retry handler looks at inner exceptions.</summary>
    public Exception Reason { get; } = reason;
}
