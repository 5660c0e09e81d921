using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>Provisioning failed. The message is one line. Neither the message nor any property holds a secret.</summary>
public sealed class CognitoProvisioningException : Exception
{
    private IReadOnlyList<PlanStep> _completedSteps = [];

    /// <summary>Creates the exception.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="message">What happened, as a sentence. It must not hold a secret.</param>
    /// <param name="hint">What to do about it, as a sentence. It becomes part of the message.</param>
    /// <param name="innerException">The cause.</param>
    public CognitoProvisioningException(ProvisioningError error, string message, string? hint = null, Exception? innerException = null)
        : base(OneLine.Escape(hint is null ? message : $"{message} {hint}"), innerException)
    {
        Error = error;
        Hint = hint;
    }

    /// <summary>What went wrong, in classes that a caller might handle differently.</summary>
    public ProvisioningError Error { get; }

    /// <summary>What to do about it. The message ends with the same text.</summary>
    /// <value>Null if the message alone says enough.</value>
    public string? Hint { get; }

    /// <summary>Cognito's name for the error, such as <c>LimitExceededException</c>.</summary>
    /// <value>Null if Cognito did not answer, or named no error.</value>
    public string? ErrorCode { get; init; }

    /// <summary>The operation that failed, such as <c>CreateUserPool</c>.</summary>
    /// <value>Null if the failure does not come from one operation.</value>
    public string? Operation { get; init; }

    /// <summary>The id that AWS gave the failed request (<c>x-amzn-RequestId</c>).</summary>
    /// <value>Null if there was no answer.</value>
    public string? RequestId { get; init; }

    /// <summary>The steps of the plan that were completed before the failure. They stay, and the next plan contains only what is left.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<PlanStep> CompletedSteps
    {
        get => _completedSteps;
        init => _completedSteps = value;
    }

    /// <summary>Whether Cognito may have carried the request out, because the answer to an attempt was lost or was a server error.</summary>
    internal bool MayBeCarriedOut { get; set; }

    /// <summary>Adds the completed steps after the exception has left the step that threw it.</summary>
    internal void SetCompletedSteps(IReadOnlyList<PlanStep> steps) => _completedSteps = steps;
}
