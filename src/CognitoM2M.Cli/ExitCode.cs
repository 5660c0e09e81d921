using System.ComponentModel;

namespace CognitoM2M.Cli;

/// <summary>
/// The exit codes of the tool. Scripts depend on the numbers: a new code may be added, but no code may change. The descriptions appear
/// in the help and in docs/cli.md.
/// </summary>
internal enum ExitCode
{
    [Description("Done. 'plan --detailed-exitcode': there is nothing to change.")]
    Success = 0,

    [Description("An error without a code of its own. 'verify': the token was rejected.")]
    Failed = 1,

    [Description("'plan --detailed-exitcode': there are changes to make.")]
    Changes = 2,

    [Description("The command line or the AWS configuration is wrong or incomplete.")]
    Usage = 3,

    [Description("A file is missing, cannot be read or written, or has wrong content.")]
    InvalidFile = 4,

    [Description("There are no credentials, or the credentials were not accepted.")]
    Credentials = 5,

    [Description("The credentials lack a permission. The message names it.")]
    AccessDenied = 6,

    [Description("The address does not answer, or the answer is not from Cognito.")]
    Unreachable = 7,

    [Description("Cognito rejected the request.")]
    Refused = 8,

    [Description("Cognito returned a server error or is overloaded. Try again later.")]
    Unavailable = 9,

    [Description("A quota is used up.")]
    QuotaReached = 10,

    [Description("Something else changes the same resource, or the port is in use.")]
    Conflict = 11,

    [Description("The domain belongs to another user pool.")]
    DomainTaken = 12,

    [Description("The name or the certificate of the domain is not accepted.")]
    DomainRefused = 13,

    [Description("The user pool, app client or user does not exist.")]
    NotFound = 14,

    [Description("The name matches several user pools, app clients or secrets.")]
    Ambiguous = 15,

    [Description("The command needs a confirmation. The message names the option.")]
    ConfirmationRequired = 16,

    [Description("A time limit passed.")]
    TimedOut = 17,

    [Description("A secret could not be stored, or a secret is needed and not known.")]
    Secret = 18,

    [Description("'with-user': the command could not be started.")]
    CommandNotStarted = 127,

    [Description("Stopped by Ctrl+C or SIGTERM, or a question was answered with no.")]
    Cancelled = 130,
}
