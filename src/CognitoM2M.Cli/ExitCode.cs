namespace CognitoM2M.Cli;

/// <summary>What the tool tells the shell. Scripts depend on the numbers: a class of outcome may be added, none renumbered.</summary>
internal enum ExitCode
{
    /// <summary>Done; for a plan without <c>--detailed-exitcode</c>, whatever is in it.</summary>
    Success = 0,

    /// <summary>A failure that has no code of its own; a token that was rejected.</summary>
    Failed = 1,

    /// <summary>A plan with <c>--detailed-exitcode</c> has something to do.</summary>
    Changes = 2,

    /// <summary>The command line or the AWS configuration is not understood, or not complete.</summary>
    Usage = 3,

    /// <summary>A blueprint or configuration file is missing, cannot be read or written, or is wrong.</summary>
    InvalidFile = 4,

    /// <summary>No credentials, or credentials that are not accepted.</summary>
    Credentials = 5,

    /// <summary>The credentials lack a permission.</summary>
    AccessDenied = 6,

    /// <summary>Nobody answers, or somebody who is not Cognito.</summary>
    Unreachable = 7,

    /// <summary>Cognito refuses the request.</summary>
    Refused = 8,

    /// <summary>Cognito fails or is overloaded; later it may work.</summary>
    Unavailable = 9,

    /// <summary>A quota is used up.</summary>
    QuotaReached = 10,

    /// <summary>Others are changing the same thing, or hold the port.</summary>
    Conflict = 11,

    /// <summary>The domain belongs to somebody else.</summary>
    DomainTaken = 12,

    /// <summary>The domain's name or certificate is not accepted.</summary>
    DomainRefused = 13,

    /// <summary>There is no such user pool or app client.</summary>
    NotFound = 14,

    /// <summary>One name means several things.</summary>
    Ambiguous = 15,

    /// <summary>It would lose or take over something, and nobody allowed that.</summary>
    NeedsAllowance = 16,

    /// <summary>Something did not happen in time.</summary>
    TimedOut = 17,

    /// <summary>A secret could not be stored, or is needed and not known.</summary>
    Secret = 18,

    /// <summary>Ctrl+C, SIGTERM, or "no" to the question.</summary>
    Cancelled = 130,
}
