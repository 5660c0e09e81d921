using System.Net;
using Amazon.Runtime;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>
/// Turns what the SDK throws into what provisioning throws. The SDK's own exceptions are not kept as inner ones where they could
/// quote a request or an answer, both of which can hold a secret.
/// </summary>
internal static class AwsFailures
{
    /// <summary>The failure to throw instead; null if the exception should pass.</summary>
    public static CognitoProvisioningException? Of(
        Exception exception, WireRequest request, string? userPoolId, string address, CancellationToken cancellationToken) => exception switch
        {
            CognitoProvisioningException => null,
            OperationCanceledException when cancellationToken.IsCancellationRequested => null,
            AmazonUnmarshallingException e => Foreign(request.Operation, address, $"HTTP {(int)e.StatusCode}, but not with the API's JSON"),
            AmazonServiceException { ErrorCode: { Length: > 0 } code } e =>
                CognitoProvisioningException.FromService(
                    request.Operation, code, Redact(e.Message, request.Secret), e.RequestId, userPoolId),
            AmazonServiceException { InnerException: (HttpRequestException or IOException) and var inner } => Unreachable(request.Operation, address, inner),
            AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } e => CognitoProvisioningException.FromService(
                request.Operation, null, $"HTTP {(int)e.StatusCode} without the name of an error.", e.RequestId, userPoolId),
            AmazonServiceException { StatusCode: >= HttpStatusCode.OK } e => Foreign(request.Operation, address, $"HTTP {(int)e.StatusCode} without the name of an error"),
            LostAnswerException e => Unreachable(request.Operation, address, e.Reason),
            HttpRequestException or IOException or OperationCanceledException or TimeoutException => Unreachable(request.Operation, address, exception),
            AmazonClientException or AmazonServiceException or InvalidOperationException => Credentials(exception),
            _ => null,
        };

    /// <summary>The failure of making a client.</summary>
    public static CognitoProvisioningException OfSetUp(AmazonClientException exception) =>
        exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal)
            ? Configuration("No AWS region is known. Give one, set AWS_REGION, or choose a profile that has one.", exception)
            : Credentials(exception);

    /// <summary>The answer reports success and leaves out what it is about.</summary>
    public static CognitoProvisioningException Incomplete(string operation, string address) => Foreign(operation, address, "with success, but without its result");

    public static CognitoProvisioningException Configuration(string message, Exception? exception = null) =>
        new(ProvisioningError.Configuration, message, hint: null, exception);

    private static CognitoProvisioningException Credentials(Exception exception) =>
        new(ProvisioningError.Credentials, $"There are no usable AWS credentials: {FirstLine(exception.Message)}.",
            "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with 'aws sso login' or 'aws login'.", exception);

    private static CognitoProvisioningException Unreachable(string operation, string address, Exception exception) =>
        new(ProvisioningError.Unreachable, $"{operation}: {address} could not be reached: {Reason(exception)}.",
            "Check the network, the region and the endpoint address.", exception);

    private static CognitoProvisioningException Foreign(string operation, string address, string answer) =>
        new(ProvisioningError.Unreachable, $"{operation}: {address} answered {answer}.",
            "A proxy, a firewall or another service may stand in the way.");

    // The SDK goes on with a list of everywhere it has looked; the inner exception has it.
    private static string FirstLine(string message) => message.Split(['\r', '\n'], 2)[0].TrimEnd('.', ':', ' ');

    private static string Redact(string message, string? secret) =>
        string.IsNullOrEmpty(secret) ? message : message.Replace(secret, "***", StringComparison.Ordinal);

    private static string Reason(Exception exception) =>
        exception is OperationCanceledException or TimeoutException ? "no answer in time" : exception.GetBaseException().Message.TrimEnd('.');
}
