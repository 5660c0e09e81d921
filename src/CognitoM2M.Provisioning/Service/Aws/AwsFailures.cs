using System.Net;
using Amazon.Runtime;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service.Aws;

/// <summary>
/// Turns the exceptions of the SDK into <see cref="CognitoProvisioningException"/>. An SDK exception that could quote a request or an
/// answer does not become the inner exception, because both can hold a secret.
/// </summary>
internal static class AwsFailures
{
    /// <summary>The failure to throw instead of the exception; null if the exception itself should be thrown.</summary>
    public static CognitoProvisioningException? Find(Exception exception, AwsRequest request, string address, CancellationToken cancellationToken) =>
        exception switch
        {
            CognitoProvisioningException => null,
            OperationCanceledException when cancellationToken.IsCancellationRequested => null,
            AmazonUnmarshallingException e => CreateForForeignAnswer(request, address, $"HTTP {(int)e.StatusCode}, but not with the JSON of the API"),
            AmazonServiceException { ErrorCode: { Length: > 0 } code } e when ErrorName.IsSafe(code, request.Secret) =>
                ServiceRefusal.CreateException(request.Operation, code, FindExplanation(e, request), FindRequestId(e, request), request.UserPoolId),
            AmazonServiceException { InnerException: (HttpRequestException or IOException) and var inner } => CreateForUnreachable(request, address, inner),
            AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } e => ServiceRefusal.CreateException(
                request.Operation, null, $"HTTP {(int)e.StatusCode} without the name of an error.", FindRequestId(e, request), request.UserPoolId),
            AmazonServiceException { StatusCode: >= HttpStatusCode.OK } e =>
                CreateForForeignAnswer(request, address, $"HTTP {(int)e.StatusCode} without the name of an error"),
            LostAnswerException e => CreateForUnreachable(request, address, e.Reason),
            HttpRequestException or IOException or OperationCanceledException or TimeoutException => CreateForUnreachable(request, address, exception),
            AmazonClientException or AmazonServiceException or InvalidOperationException => CreateForCredentials(exception),
            _ => null,
        };

    /// <summary>The SDK could not create a client.</summary>
    public static CognitoProvisioningException CreateForSetup(AmazonClientException exception) =>
        exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal)
            ? CreateForSettings("No AWS region is known. Set the region in the options, set AWS_REGION, or choose a profile that has a region.", exception)
            : CreateForCredentials(exception);

    /// <summary>The answer reports success but lacks the result.</summary>
    public static CognitoProvisioningException CreateForIncompleteAnswer(AwsRequest request, string address) =>
        CreateForForeignAnswer(request, address, "with success, but without its result");

    /// <summary>The settings are incomplete or contradict each other.</summary>
    public static CognitoProvisioningException CreateForSettings(string message, Exception? exception = null) =>
        new(ProvisioningError.Configuration, message, hint: null, exception);

    private static CognitoProvisioningException CreateForCredentials(Exception exception) =>
        new(
            ProvisioningError.Credentials,
            $"There are no usable AWS credentials: {TakeFirstLine(exception.Message)}.",
            "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with 'aws sso login' or 'aws login'.",
            exception);

    private static CognitoProvisioningException CreateForUnreachable(AwsRequest request, string address, Exception exception) =>
        QuotesAnswer(exception)
            ? CreateForForeignAnswer(request, address, "with something else than HTTP")
            : new(
                ProvisioningError.Unreachable,
                $"{request.Operation.Name}: {address} could not be reached: {FindReason(exception)}.",
                "Check the network, the region and the address of the endpoint.",
                exception);

    private static CognitoProvisioningException CreateForForeignAnswer(AwsRequest request, string address, string answer) =>
        new(
            ProvisioningError.Unreachable,
            $"{request.Operation.Name}: {address} answered {answer}.",
            "Check whether a proxy, a firewall or another service stands between this host and Cognito.");

    // The SDK's message continues with every place where it looked for credentials. The inner exception has the whole message.
    private static string TakeFirstLine(string message) => message.Split(['\r', '\n'], 2)[0].TrimEnd('.', ':', ' ');

    // A server, or a proxy in its place, can quote the request in any form.
    private static string FindExplanation(AmazonServiceException exception, AwsRequest request) =>
        request.Secret is null ? exception.Message : "the explanation is not shown, because the request held a secret";

    private static string? FindRequestId(AmazonServiceException exception, AwsRequest request) =>
        exception.RequestId is { Length: <= 64 } id && id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
        && (request.Secret is not { } secret || !id.Contains(secret, StringComparison.OrdinalIgnoreCase))
            ? id
            : null;

    /// <summary>Whether the message of the exception quotes what the server sent, such as a malformed status line.</summary>
    private static bool QuotesAnswer(Exception? exception) =>
        exception is not null
        && (exception is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
                or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }
            || QuotesAnswer(exception.InnerException));

    private static string FindReason(Exception exception) =>
        exception is OperationCanceledException or TimeoutException ? "no answer came in time" : OneLine.Show(exception.GetBaseException().Message.TrimEnd('.'));
}
