using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>Carries out the steps of a plan in their order, and holds what they have made so far.</summary>
internal sealed class PlanRun
{
    private readonly List<PlanStep> _completed = [];
    private string? _clientWithNewSecret;

    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    public required IUserPoolService Service { get; init; }

    public required ProgressReport Progress { get; init; }

    public required CognitoProvisionerOptions Options { get; init; }

    /// <summary>Stores the secret of a new app client, before the next step begins; null to store secrets nowhere.</summary>
    public Func<PlanRun, ProvisionedAppClient, Task>? StoreNewSecret { get; init; }

    /// <summary>The user pool; null until a step has created one.</summary>
    public ProvisionedUserPool? UserPool { get; set; }

    public string UserPoolId => UserPool!.Id;

    /// <summary>The app clients of the blueprint that exist, by name.</summary>
    public Dictionary<string, ProvisionedAppClient> AppClients { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The names of the app clients whose secret this run has stored.</summary>
    public HashSet<string> WithStoredSecret { get; } = new(StringComparer.Ordinal);

    /// <summary>The host name that the DNS record of the custom domain must point to.</summary>
    public string? CustomDomainTarget { get; set; }

    /// <summary>Whether a step has created a domain. Its name may not resolve yet.</summary>
    public bool HasNewDomain { get; set; }

    /// <summary>Adds an app client that a step has created. Its secret is stored when the step ends.</summary>
    public void AddNewAppClient(ProvisionedAppClient client)
    {
        AppClients[client.Name] = client;
        _clientWithNewSecret = client.Name;
    }

    /// <summary>Carries out the steps.</summary>
    /// <param name="finish">What to do after the last step, within the same run.</param>
    /// <param name="cancellationToken">Ends the run between two requests.</param>
    /// <exception cref="CognitoProvisioningException">A step failed. The exception names the steps that were completed.</exception>
    /// <exception cref="ProvisioningCancelledException">The token was cancelled. The exception names the steps that were completed.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> finish, CancellationToken cancellationToken)
    {
        try
        {
            await RunStepsAsync(cancellationToken).ConfigureAwait(false);
            return await finish().ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e)
        {
            e.SetCompletedSteps(_completed);
            throw;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new ProvisioningCancelledException(_completed, e);
        }
    }

    private async Task RunStepsAsync(CancellationToken cancellationToken)
    {
        foreach (var step in Steps)
        {
            Progress.ReportChange(step.Step.Title, _completed.Count, Steps.Count);
            await step.RunAsync(this, cancellationToken).ConfigureAwait(false);
            _completed.Add(step.Step);
            await StoreSecretOfNewClientAsync().ConfigureAwait(false);
        }

        if (Steps.Count > 0)
            Progress.ReportChange("done", _completed.Count, Steps.Count);
    }

    private async Task StoreSecretOfNewClientAsync()
    {
        if (_clientWithNewSecret is not { } name)
            return;

        _clientWithNewSecret = null;
        if (StoreNewSecret is null)
            return;

        await StoreNewSecret(this, AppClients[name]).ConfigureAwait(false);
        WithStoredSecret.Add(name);
    }
}
