namespace CognitoM2M.Provisioning;

/// <summary>What went wrong, in classes that a caller might handle differently.</summary>
public enum ProvisioningError
{
    /// <summary>Cognito refused the request for a reason that no other value covers.</summary>
    Refused,

    /// <summary>Cognito answered with a server error.</summary>
    ServiceFailure,

    /// <summary>Cognito could not be reached, or something else than Cognito answered.</summary>
    Unreachable,

    /// <summary>The AWS settings (region, profile, endpoint) are incomplete or contradict each other.</summary>
    Configuration,

    /// <summary>There are no AWS credentials, or AWS does not accept them.</summary>
    Credentials,

    /// <summary>The credentials lack a permission. The message holds the IAM statement to add.</summary>
    AccessDenied,

    /// <summary>Cognito kept refusing requests because there were too many, for longer than <see cref="CognitoProvisionerOptions.RetryTimeout"/>.</summary>
    Throttled,

    /// <summary>A quota of the account, the user pool or the app client is used up.</summary>
    QuotaReached,

    /// <summary>Other callers kept changing the same user pool, for longer than <see cref="CognitoProvisionerOptions.RetryTimeout"/>.</summary>
    ConcurrentChange,

    /// <summary>The user pool, the app client or the user does not exist.</summary>
    NotFound,

    /// <summary>More than one user pool, app client or secret matches.</summary>
    Ambiguous,

    /// <summary>The user pool lacks the tag <see cref="OwnershipTag.Key"/>, or what an external user pool has may belong to others, and its use was not allowed.</summary>
    AdoptionRequired,

    /// <summary>The plan destroys something, and that was not allowed.</summary>
    DestructiveChangeNotAllowed,

    /// <summary>What exists has changed since the plan was made. Plan again.</summary>
    PlanOutdated,

    /// <summary>The domain belongs to another user pool, perhaps in another account.</summary>
    DomainTaken,

    /// <summary>Cognito does not accept the name of the domain, or the certificate of a custom domain.</summary>
    DomainRefused,

    /// <summary>The user pool has deletion protection.</summary>
    DeletionProtected,

    /// <summary>A domain was not gone, or an app client got no token, within the given time.</summary>
    TimedOut,

    /// <summary>A secret could not be stored, or is needed and not known.</summary>
    Secret,

    /// <summary>
    /// Another run has created the same things at the same time. Everything that the blueprint names exists. The message lists what the
    /// other run has created, what this run has removed again, and what is left over.
    /// </summary>
    Overlap,

    /// <summary>Cognito has created or changed something, but not as it was asked to.</summary>
    DifferentResult,
}
