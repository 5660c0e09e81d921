using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning;

/// <summary>Provisioning could not go on. Neither the message nor anything inside holds a secret.</summary>
public sealed class CognitoProvisioningException : Exception
{
    /// <summary>Says what went wrong in provisioning itself.</summary>
    public CognitoProvisioningException(ProvisioningError error, string message, string? hint = null, Exception? innerException = null)
        : base(hint is null ? message : $"{message} {hint}", innerException)
    {
        Error = error;
        Hint = hint;
    }

    /// <summary>What went wrong, as something a caller might handle differently.</summary>
    public ProvisioningError Error { get; }

    /// <summary>What to do about it; part of the message.</summary>
    public string? Hint { get; }

    /// <summary>The service's name for the error, such as <c>LimitExceededException</c>.</summary>
    public string? ErrorCode { get; private init; }

    /// <summary>The operation that failed, such as <c>CreateUserPool</c>.</summary>
    public string? Operation { get; private init; }

    /// <summary>The service's id of the failed request.</summary>
    public string? RequestId { get; private init; }

    /// <summary>The steps that had been carried out before; they stand, and the next plan starts from there.</summary>
    public IReadOnlyList<PlanStep> CompletedSteps { get; internal set; } = [];

    /// <summary>Turns a refusal by the service into an exception that says what to do about it.</summary>
    /// <param name="operation">Such as <c>CreateUserPool</c>.</param>
    /// <param name="errorCode">The error's name without namespace, such as <c>LimitExceededException</c>; null if the answer named none.</param>
    /// <param name="message">The service's own words; must not hold a secret.</param>
    /// <param name="requestId">The service's id of the request.</param>
    /// <param name="userPoolId">The pool concerned, if the request named one.</param>
    public static CognitoProvisioningException FromService(
        string operation, string? errorCode, string? message, string? requestId = null, string? userPoolId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        message ??= "";

        var error = ServiceErrors.Meaning(errorCode, operation, message);
        var hint = ServiceErrors.Hint(error, errorCode, operation, message, userPoolId);
        var words = message.Length == 0 ? "no explanation" : message.TrimEnd('.');
        return new(error, $"{operation} failed{(errorCode is null ? "" : $" with {errorCode}")}: {words}.", hint)
        {
            ErrorCode = errorCode,
            Operation = operation,
            RequestId = requestId,
        };
    }
}
