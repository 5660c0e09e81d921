using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service;

/// <summary>What a refusal by Cognito means, and what the user can do about it. Only the name of the error counts, because HTTP statuses vary.</summary>
internal static class ServiceRefusal
{
    public const string LimitExceeded = "LimitExceededException";
    public const string ConcurrentModification = "ConcurrentModificationException";
    public const string ResourceNotFound = "ResourceNotFoundException";
    public const string InvalidParameter = "InvalidParameterException";
    public const string UserNotFound = "UserNotFoundException";

    /// <summary>Creates the exception for a refusal.</summary>
    /// <param name="operation">The operation that was refused.</param>
    /// <param name="errorCode">The name of the error without its namespace, such as <c>LimitExceededException</c>; null if the answer has none.</param>
    /// <param name="message">Cognito's explanation. It must not hold a secret.</param>
    /// <param name="requestId">Cognito's id of the request.</param>
    /// <param name="userPoolId">The user pool that the request named.</param>
    public static CognitoProvisioningException CreateException(
        Operation operation, string? errorCode, string? message, string? requestId = null, string? userPoolId = null)
    {
        message ??= "";
        var error = FindError(errorCode, operation, message);
        var explanation = message.Length == 0 ? "no explanation" : OneLine.Show(message.TrimEnd('.'));
        return new(
            error,
            $"{operation.Name} failed{(errorCode is null ? "" : $" with {OneLine.Show(errorCode)}")}: {explanation}.",
            FindHint(error, errorCode, operation, message, userPoolId))
        {
            ErrorCode = errorCode,
            Operation = operation.Name,
            RequestId = requestId,
        };
    }

    private static ProvisioningError FindError(string? code, Operation operation, string message) => code switch
    {
        "AccessDeniedException" or "AccessDenied" => ProvisioningError.AccessDenied,
        "UnrecognizedClientException" or "ExpiredTokenException" or "ExpiredToken" or "InvalidClientTokenId" or "InvalidSignatureException"
            or "SignatureDoesNotMatch" or "IncompleteSignature" or "IncompleteSignatureException" or "MissingAuthenticationToken"
            or "MissingAuthenticationTokenException" or "OptInRequired" => ProvisioningError.Credentials,
        "TooManyRequestsException" or "ThrottlingException" or "Throttling" or "RequestLimitExceeded" => ProvisioningError.Throttled,
        LimitExceeded => ProvisioningError.QuotaReached,
        ConcurrentModification => ProvisioningError.ConcurrentChange,
        ResourceNotFound or UserNotFound => ProvisioningError.NotFound,
        null or "InternalErrorException" or "InternalServerException" or "InternalFailure" or "ServiceUnavailable"
            or "ServiceUnavailableException" => ProvisioningError.ServiceFailure,
        InvalidParameter when IsAboutDomain(operation) && Says(message, "already associated") => ProvisioningError.DomainTaken,
        InvalidParameter when IsAboutDomain(operation) => ProvisioningError.DomainRefused,
        InvalidParameter when operation.Name == "DeleteUserPool" && Says(message, "protect") => ProvisioningError.DeletionProtected,
        _ => ProvisioningError.Refused,
    };

    /// <summary>What the user can do; null if Cognito's own message is enough.</summary>
    private static string? FindHint(ProvisioningError error, string? code, Operation operation, string message, string? userPoolId) => error switch
    {
        ProvisioningError.AccessDenied => $"Add this statement to the IAM policy of the caller: {IamStatement.Create(operation, userPoolId)}",
        ProvisioningError.Credentials =>
            "AWS does not accept the credentials. Check that they have not expired, that they belong to this AWS partition, and that the clock of this host is right.",
        ProvisioningError.Throttled => "Other callers in this account and region use up the request rate. Try again later.",
        ProvisioningError.QuotaReached =>
            $"{operation.LimitReached} Raise the quota in the Service Quotas console if it can be raised, or delete what you do not need.",
        ProvisioningError.ConcurrentChange => "Another caller keeps changing this user pool. Try again when that caller is done.",
        ProvisioningError.DomainTaken =>
            "The domain belongs to another user pool, perhaps in another account. Choose another domain. If the domain was deleted just now, wait some minutes.",
        ProvisioningError.DomainRefused when Says(message, "certificate") =>
            "The certificate must be issued, cover the domain, and be in us-east-1, even if the user pool is in another region.",
        ProvisioningError.DomainRefused when Says(message, "subdomain") => "The parent domain of a custom domain needs an A record in the DNS.",
        ProvisioningError.DomainRefused when Says(message, "reserved") => "A prefix must not contain aws, amazon or cognito.",
        _ => code switch
        {
            "OperationNotEnabledException" => "In a replica region, user pools can only be read. Use the primary region.",
            "FeatureUnavailableInTierException" or "TierChangeNotAllowedException" => "Check the feature plan (tier) of the user pool.",
            "ScopeDoesNotExistException" => "The user pool lacks the resource server or the scope. Create it first.",
            "UsernameExistsException" or "AliasExistsException" => "Choose another name, or delete the other user first.",
            _ => null,
        },
    };

    private static bool IsAboutDomain(Operation operation) => operation.Name.Contains("Domain", StringComparison.Ordinal);

    private static bool Says(string message, string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
}
