namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Calls a sink and turns its errors into <see cref="CognitoProvisioningException"/>.</summary>
internal static class SinkCall
{
    /// <param name="what">What the sink is asked for, behind "could not".</param>
    /// <param name="call">Calls the sink.</param>
    /// <exception cref="CognitoProvisioningException">The sink failed.</exception>
    public static async Task RunAsync(string what, Func<ValueTask> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException and not CognitoProvisioningException)
        {
            throw new CognitoProvisioningException(ProvisioningError.Secret, $"The sink for secrets could not {what}: {e.Message}", hint: null, e);
        }
    }
}
