using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Cli.Tests;

/// <summary>A user pools API in which one operation or every operation fails.</summary>
/// <param name="createFailure">The exception of an operation; null if the operation works.</param>
/// <param name="working">Carries out the operations that work.</param>
internal sealed class FailingUserPoolApi(Func<Operation, Exception?> createFailure, IUserPoolService? working = null) : IUserPoolService
{
    /// <summary>Creates a provisioner whose every request is answered with this error.</summary>
    public static CognitoProvisioner CreateRefusing(string errorCode) =>
        CreateThrowing(operation => ServiceRefusal.CreateException(operation, errorCode, "No."));

    /// <summary>Creates a provisioner whose every request throws.</summary>
    public static CognitoProvisioner CreateThrowing(Func<Operation, Exception> createFailure) =>
        new(new FailingUserPoolApi(createFailure), new CognitoProvisionerOptions());

    /// <summary>Creates a provisioner that works, but one operation is answered with this error.</summary>
    public static CognitoProvisioner CreateRefusingOne(string operation, string errorCode, CognitoProvisionerOptions options) =>
        CreateRefusing(called => called.Name == operation ? errorCode : null, options);

    /// <summary>Creates a provisioner that works, but some requests are answered with an error.</summary>
    /// <param name="findError">The error of a request; null if the request works.</param>
    /// <param name="options">How the emulator is reached.</param>
    public static CognitoProvisioner CreateRefusing(Func<Operation, string?> findError, CognitoProvisionerOptions options) => new(
        new FailingUserPoolApi(
            called => findError(called) is { } error ? ServiceRefusal.CreateException(called, error, "No.") : null,
            AwsUserPoolService.Create(options)),
        options);

    public Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class => createFailure(operation) is { } failure ? throw failure : working!.CallAsync(operation, request, cancellationToken);
}
