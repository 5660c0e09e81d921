namespace CognitoM2M.Provisioning.Service;

/// <summary>The Amazon Cognito user pools API.</summary>
internal interface IUserPoolService
{
    /// <summary>Calls an operation.</summary>
    /// <exception cref="CognitoProvisioningException">Cognito refused the request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class;
}
