namespace CognitoM2M.Provisioning;

/// <summary>What went wrong, as far as callers might handle it differently.</summary>
public enum ProvisioningError
{
    /// <summary>The service refused the request for a reason that has no value of its own here.</summary>
    Refused,

    /// <summary>The service failed.</summary>
    ServiceFailure,

    /// <summary>The service could not be reached, or what answered is not the service.</summary>
    Unreachable,

    /// <summary>The AWS settings are incomplete or contradict each other: region, profile, endpoint.</summary>
    Configuration,

    /// <summary>There are no AWS credentials, or the service does not accept them.</summary>
    Credentials,

    /// <summary>The credentials lack a permission.</summary>
    AccessDenied,

    /// <summary>The service kept asking for fewer requests.</summary>
    Throttled,

    /// <summary>A quota of the account, the pool or the app client is used up.</summary>
    QuotaReached,

    /// <summary>Others kept changing the same thing at the same time.</summary>
    ConcurrentChange,

    /// <summary>No such user pool or app client.</summary>
    NotFound,

    /// <summary>More than one user pool or app client is meant by one name.</summary>
    Ambiguous,

    /// <summary>The user pool was not made by this library, and adopting it was not allowed.</summary>
    AdoptionRequired,

    /// <summary>The plan loses something, and that was not allowed.</summary>
    LossNotAllowed,

    /// <summary>What exists has changed since the plan was made.</summary>
    PlanOutdated,

    /// <summary>The domain belongs to another user pool, perhaps of another account.</summary>
    DomainTaken,

    /// <summary>The domain's name, or the certificate of a custom domain, is not accepted.</summary>
    DomainRefused,

    /// <summary>Deletion protection is active.</summary>
    DeletionProtected,

    /// <summary>Something asked for did not happen in time.</summary>
    TimedOut,

    /// <summary>A secret could not be stored, or is needed and not known.</summary>
    Secret,
}
