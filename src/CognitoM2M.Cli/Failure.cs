using System.Net;
using System.Text.Json;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cli;

/// <summary>What a failed command says: to the shell, and to people.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Name">The class of the failure in more detail than the exit code, for scripts.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <param name="CompletedSteps">What had been done before.</param>
internal sealed record Failure(ExitCode Code, string Name, string Message, IReadOnlyList<PlanStep> CompletedSteps)
{
    public static Failure Of(Exception error) => error switch
    {
        ToolException own => Because(own.Code, own.Message),
        BlueprintException blueprint => Because(CodeOf(blueprint), blueprint.Message),
        CognitoProvisioningException provisioning =>
            new(CodeOf(provisioning.Error), provisioning.Error.ToString(), provisioning.Message, provisioning.CompletedSteps),
        CognitoTokenException token => Because(CodeOf(token), token.Message),
        OptionsValidationException options => Because(ExitCode.InvalidFile, string.Join(Environment.NewLine, options.Failures)),
        // How HttpClient tells of its own time limit.
        OperationCanceledException { InnerException: TimeoutException } => Because(ExitCode.TimedOut, "No answer came in time."),
        ProvisioningCancelledException stopped => new(ExitCode.Cancelled, nameof(ExitCode.Cancelled), StoppedMessage, stopped.CompletedSteps),
        OperationCanceledException => Because(ExitCode.Cancelled, StoppedMessage),
        IOException or UnauthorizedAccessException or InvalidDataException => Because(ExitCode.InvalidFile, WithCauses(error)),
        _ => Because(ExitCode.Failed, $"{error.GetType().Name}: {error.Message}"),
    };

    private const string StoppedMessage = "Stopped. What was done stands; the same command goes on from there.";

    private static Failure Because(ExitCode code, string message) => new(code, code.ToString(), message, []);

    /// <summary>A domain that is refused before the first call has the code of one that Cognito refuses.</summary>
    public static ExitCode CodeOf(BlueprintException error) =>
        error.Mistakes.All(mistake => mistake.Path.StartsWith("domain.", StringComparison.Ordinal)) ? ExitCode.DomainRefused : ExitCode.InvalidFile;

    private static ExitCode CodeOf(ProvisioningError error) => error switch
    {
        ProvisioningError.Configuration => ExitCode.Usage,
        ProvisioningError.Refused => ExitCode.Refused,
        ProvisioningError.ServiceFailure or ProvisioningError.Throttled => ExitCode.Unavailable,
        ProvisioningError.Unreachable => ExitCode.Unreachable,
        ProvisioningError.Credentials => ExitCode.Credentials,
        ProvisioningError.AccessDenied => ExitCode.AccessDenied,
        ProvisioningError.QuotaReached => ExitCode.QuotaReached,
        ProvisioningError.ConcurrentChange or ProvisioningError.PlanOutdated => ExitCode.Conflict,
        ProvisioningError.NotFound => ExitCode.NotFound,
        ProvisioningError.Ambiguous => ExitCode.Ambiguous,
        ProvisioningError.AdoptionRequired or ProvisioningError.LossNotAllowed or ProvisioningError.DeletionProtected =>
            ExitCode.NeedsAllowance,
        ProvisioningError.DomainTaken => ExitCode.DomainTaken,
        ProvisioningError.DomainRefused => ExitCode.DomainRefused,
        ProvisioningError.TimedOut => ExitCode.TimedOut,
        ProvisioningError.Secret => ExitCode.Secret,
        _ => ExitCode.Failed,
    };

    private static ExitCode CodeOf(CognitoTokenException error) => error switch
    {
        { Error: CognitoTokenErrors.RequestFailed } => ExitCode.Unreachable,
        { Error: CognitoTokenErrors.Timeout } => ExitCode.TimedOut,
        { Error: "invalid_client" or "NotAuthorizedException" or "ResourceNotFoundException" } => ExitCode.Credentials,
        { IsTransient: true } => ExitCode.Unavailable,
        { Error: CognitoTokenErrors.InvalidResponse } => ExitCode.Unreachable,
        { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed } => ExitCode.Unreachable,
        _ => ExitCode.Refused,
    };

    // A configuration file that is not JSON says where only in the exception inside. That one also quotes the file, from the mistake to
    // its end, and the files in question hold secrets: only the line is taken.
    private static string WithCauses(Exception error) => error switch
    {
        JsonException json => json.LineNumber is { } line ? $"(line {line + 1})" : "",
        { InnerException: { } cause } => $"{error.Message} {WithCauses(cause)}".TrimEnd(),
        _ => error.Message,
    };
}
