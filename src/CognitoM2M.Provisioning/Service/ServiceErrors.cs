using CognitoM2M.Provisioning.Policies;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Error names of the service that are handled differently, and what each means here. Names alone count: statuses vary.</summary>
internal static class ServiceErrors
{
    public const string LimitExceeded = "LimitExceededException";
    public const string ConcurrentModification = "ConcurrentModificationException";
    public const string ResourceNotFound = "ResourceNotFoundException";
    public const string InvalidParameter = "InvalidParameterException";
    public const string NotAuthorized = "NotAuthorizedException";

    public static ProvisioningError Meaning(string? code, string operation, string message) => code switch
    {
        "AccessDeniedException" or "AccessDenied" => ProvisioningError.AccessDenied,
        "UnrecognizedClientException" or "ExpiredTokenException" or "ExpiredToken" or "InvalidClientTokenId" or "InvalidSignatureException"
            or "SignatureDoesNotMatch" or "IncompleteSignature" or "IncompleteSignatureException" or "MissingAuthenticationToken"
            or "MissingAuthenticationTokenException" or "OptInRequired" => ProvisioningError.Credentials,
        "TooManyRequestsException" or "ThrottlingException" or "Throttling" or "RequestLimitExceeded" => ProvisioningError.Throttled,
        LimitExceeded => ProvisioningError.QuotaReached,
        ConcurrentModification => ProvisioningError.ConcurrentChange,
        ResourceNotFound => ProvisioningError.NotFound,
        null or "InternalErrorException" or "InternalServerException" or "InternalFailure" or "ServiceUnavailable"
            or "ServiceUnavailableException" => ProvisioningError.ServiceFailure,
        InvalidParameter when IsAbout(operation, "Domain") && Says(message, "already associated") => ProvisioningError.DomainTaken,
        InvalidParameter when IsAbout(operation, "Domain") => ProvisioningError.DomainRefused,
        InvalidParameter when operation == "DeleteUserPool" && Says(message, "protect") => ProvisioningError.DeletionProtected,
        _ => ProvisioningError.Refused,
    };

    /// <summary>What to do about it; null if the service's words are enough.</summary>
    public static string? Hint(ProvisioningError error, string? code, string operation, string message, string? userPoolId) => error switch
    {
        ProvisioningError.AccessDenied =>
            $"Allow it by adding this statement to the policy of the caller: {PolicyStatement.For(operation, userPoolId)}",
        ProvisioningError.Credentials =>
            "AWS does not accept the credentials. Check that they are current, for this partition, and that the clock is right.",
        ProvisioningError.Throttled => "Others in this account and region make requests at the same time. Try again later.",
        ProvisioningError.QuotaReached => $"{Quota(operation)} Raise it in the Service Quotas console if it can be raised, or remove what is not needed.",
        ProvisioningError.ConcurrentChange => "Something else keeps changing this user pool. Try again when it is done.",
        ProvisioningError.DomainTaken =>
            "The domain belongs to another user pool, perhaps in another account. Choose another, or wait some minutes if it was deleted just now.",
        ProvisioningError.DomainRefused when Says(message, "certificate") =>
            "The certificate must be issued, cover the domain, and be in us-east-1 whatever the user pool's region.",
        ProvisioningError.DomainRefused when Says(message, "subdomain") =>
            "The parent domain of a custom domain needs an A record in the DNS.",
        ProvisioningError.DomainRefused when Says(message, "reserved") =>
            "A prefix must not contain aws, amazon or cognito.",
        _ => code switch
        {
            "OperationNotEnabledException" => "In a replica region user pools can only be read; use the primary region.",
            "FeatureUnavailableInTierException" or "TierChangeNotAllowedException" => "See the feature plan (tier) of the user pool.",
            "ScopeDoesNotExistException" => "The resource server or the scope is missing in this user pool.",
            _ => null,
        },
    };

    private static string Quota(string operation) => operation switch
    {
        "CreateUserPool" => "The account has as many user pools in this region as its quota allows (1,000 by default).",
        "CreateUserPoolClient" => "The user pool has as many app clients as its quota allows (1,000 by default).",
        "CreateResourceServer" => "The user pool has as many resource servers as its quota allows (25 by default).",
        "CreateUserPoolDomain" => "The account has as many custom domains in this region as it may have (4), or the pool has a domain already.",
        "AddUserPoolClientSecret" => "An app client has at most two secrets.",
        _ => "A quota is used up.",
    };

    private static bool IsAbout(string operation, string what) => operation.Contains(what, StringComparison.Ordinal);

    private static bool Says(string message, string what) => message.Contains(what, StringComparison.OrdinalIgnoreCase);
}
