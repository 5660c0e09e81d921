using System.Net;
using System.Text.Json;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cli;

/// <summary>Why a command failed, for the shell and for people.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Name">The kind of failure for scripts. Often more exact than the exit code.</param>
/// <param name="Message">What happened, then what to do, in one line.</param>
/// <param name="Details">What belongs to the message, each item in one line.</param>
/// <param name="CompletedSteps">The steps of a plan that were carried out before the failure.</param>
internal sealed record Failure(ExitCode Code, string Name, string Message, IReadOnlyList<string> Details, IReadOnlyList<PlanStep> CompletedSteps)
{
    private const string StoppedMessage = "Stopped. Completed changes stay. Run the same command again to continue.";

    public static Failure Create(Exception error) => error switch
    {
        ToolException own => Create(own.Code, own.Message, own.Details),
        BlueprintException blueprint => Create(FindCode(blueprint), "The blueprint is not valid.", blueprint.Message.Split(Environment.NewLine)),
        CognitoProvisioningException provisioning =>
            new(FindCode(provisioning.Error), provisioning.Error.ToString(), provisioning.Message, [], provisioning.CompletedSteps),
        CognitoTokenException token => Create(FindCode(token), token.Message),
        OptionsValidationException options => Create(ToolException.Create(ExitCode.InvalidFile, [.. options.Failures])),
        // HttpClient throws this exception when its own time limit has passed.
        OperationCanceledException { InnerException: TimeoutException } => Create(ExitCode.TimedOut, "The server did not answer in time."),
        ProvisioningCancelledException stopped => new(ExitCode.Cancelled, nameof(ExitCode.Cancelled), StoppedMessage, [], stopped.CompletedSteps),
        OperationCanceledException => Create(ExitCode.Cancelled, StoppedMessage),
        IOException or UnauthorizedAccessException or InvalidDataException => Create(ExitCode.InvalidFile, DescribeFileError(error)),
        _ => Create(ExitCode.Failed, $"Unexpected error ({error.GetType().Name}): {error.Message} This is a fault in cognito-m2m; please report it."),
    };

    /// <summary>A domain name that breaks a rule has the same exit code whether the blueprint's validation or Cognito found the error.</summary>
    public static ExitCode FindCode(BlueprintException error) =>
        error.Mistakes.All(mistake => mistake.Path.StartsWith("domain.", StringComparison.Ordinal)) ? ExitCode.DomainRefused : ExitCode.InvalidFile;

    private static Failure Create(ExitCode code, string message, IReadOnlyList<string>? details = null) => new(code, code.ToString(), message, details ?? [], []);

    private static ExitCode FindCode(ProvisioningError error) => error switch
    {
        ProvisioningError.Configuration => ExitCode.Usage,
        ProvisioningError.Refused or ProvisioningError.DifferentResult => ExitCode.Refused,
        ProvisioningError.ServiceFailure or ProvisioningError.Throttled => ExitCode.Unavailable,
        ProvisioningError.Unreachable => ExitCode.Unreachable,
        ProvisioningError.Credentials => ExitCode.Credentials,
        ProvisioningError.AccessDenied => ExitCode.AccessDenied,
        ProvisioningError.QuotaReached => ExitCode.QuotaReached,
        ProvisioningError.ConcurrentChange or ProvisioningError.PlanOutdated or ProvisioningError.Overlap => ExitCode.Conflict,
        ProvisioningError.NotFound => ExitCode.NotFound,
        ProvisioningError.Ambiguous => ExitCode.Ambiguous,
        ProvisioningError.AdoptionRequired or ProvisioningError.DestructiveChangeNotAllowed or ProvisioningError.DeletionProtected =>
            ExitCode.ConfirmationRequired,
        ProvisioningError.DomainTaken => ExitCode.DomainTaken,
        ProvisioningError.DomainRefused => ExitCode.DomainRefused,
        ProvisioningError.TimedOut => ExitCode.TimedOut,
        ProvisioningError.Secret => ExitCode.Secret,
        _ => ExitCode.Failed,
    };

    private static ExitCode FindCode(CognitoTokenException error) => error switch
    {
        { Error: CognitoTokenErrors.RequestFailed } => ExitCode.Unreachable,
        { Error: CognitoTokenErrors.Timeout } => ExitCode.TimedOut,
        { Error: CognitoTokenErrors.SecretUnavailable } => ExitCode.Secret,
        { Error: "invalid_client" or "NotAuthorizedException" or "ResourceNotFoundException" } => ExitCode.Credentials,
        { IsTransient: true } => ExitCode.Unavailable,
        { Error: CognitoTokenErrors.InvalidResponse } => ExitCode.Unreachable,
        { TokenEndpointStatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed } => ExitCode.Unreachable,
        _ => ExitCode.Refused,
    };

    // The inner exception of an invalid JSON file says where the error is. It also quotes the file from the error to the end, and these
    // files hold secrets, so only the line number is shown.
    private static string DescribeFileError(Exception error) => error switch
    {
        JsonException json => json.LineNumber is { } line ? $"(line {line + 1})" : "",
        { InnerException: { } cause } => $"{error.Message} {DescribeFileError(cause)}".TrimEnd(),
        _ => error.Message,
    };
}
