using System.Diagnostics;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>Carries out the steps of a plan in their order, and holds the resources that they have made so far.</summary>
internal sealed class PlanRun
{
    private readonly List<PlanStep> _completed = [];

    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    public required IUserPoolService Service { get; init; }

    /// <summary>Whether the service is an emulator, which takes chosen ids.</summary>
    public required bool IsEmulator { get; init; }

    public required ProgressReport Progress { get; init; }

    public required CognitoProvisionerOptions Options { get; init; }

    /// <summary>Stores the secret of a new app client; null to store secrets nowhere.</summary>
    public Func<PlanRun, ProvisionedAppClient, Task>? StoreNewSecret { get; init; }

    /// <summary>The secrets for new app clients that the caller has chosen, by the names of the app clients.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required IReadOnlyDictionary<string, string> GivenSecrets { get; init; }

    /// <summary>The user pool; null until a step has created one.</summary>
    public ProvisionedUserPool? UserPool { get; set; }

    public string UserPoolId => UserPool!.Id;

    /// <summary>The app clients of the blueprint that exist, by name.</summary>
    public Dictionary<string, ProvisionedAppClient> AppClients { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The app clients that this run has created, by name.</summary>
    public Dictionary<string, NewAppClient> NewAppClients { get; } = new(StringComparer.Ordinal);

    /// <summary>The scopes that did not exist before this run. App clients that are created next may not see these scopes yet.</summary>
    public HashSet<string> NewScopes { get; } = new(StringComparer.Ordinal);

    /// <summary>What another run has created at the same time.</summary>
    public List<Overlap> Overlaps { get; } = [];

    /// <summary>Whether a step has created the user pool.</summary>
    public bool HasNewUserPool { get; set; }

    /// <summary>The host name that the DNS record of the custom domain must point to.</summary>
    public string? CustomDomainTarget { get; set; }

    /// <summary>Whether a step has created a domain. Its name may not resolve yet.</summary>
    public bool HasNewDomain { get; set; }

    /// <summary>Adds an app client that a step has created. Its secret is stored once the app client is confirmed, or when the run ends.</summary>
    public void AddNewAppClient(ProvisionedAppClient client)
    {
        AppClients[client.Name] = client;
        NewAppClients[client.Name] = new(client);
    }

    /// <summary>Uses an app client that another run has created.</summary>
    public void UseOtherAppClient(ProvisionedAppClient client)
    {
        AppClients[client.Name] = client;
        NewAppClients.Remove(client.Name);
    }

    /// <summary>Whether this run has stored the secret of an app client.</summary>
    public bool HasStoredSecret(string name) => NewAppClients.TryGetValue(name, out var client) && client.HasStoredSecret;

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

    /// <summary>Stores the secrets of new app clients that are not stored yet.</summary>
    /// <param name="includeUnconfirmed">Whether to store secrets of app clients that the list of app clients has not shown yet.</param>
    public async Task StoreSecretsAsync(bool includeUnconfirmed)
    {
        if (StoreNewSecret is null)
            return;

        foreach (var client in NewAppClients.Values.Where(client => !client.HasStoredSecret && (includeUnconfirmed || client.IsConfirmed)))
        {
            await StoreNewSecret(this, client.Client).ConfigureAwait(false);
            client.HasStoredSecret = true;
        }
    }

    private async Task RunStepsAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var step in Steps)
            {
                Progress.ReportChange(step.Step.Title, _completed.Count, Steps.Count);
                await step.RunAsync(this, cancellationToken).ConfigureAwait(false);
                _completed.Add(step.Step);
                await StoreSecretsAsync(includeUnconfirmed: false).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is CognitoProvisioningException or OperationCanceledException)
        {
            await StoreRemainingSecretsAsync().ConfigureAwait(false);
            throw;
        }

        if (Steps.Count > 0)
            Progress.ReportChange("done", _completed.Count, Steps.Count);
    }

    private async Task StoreRemainingSecretsAsync()
    {
        try
        {
            await StoreSecretsAsync(includeUnconfirmed: true).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException)
        {
            // The failure that ended the run is reported. The next apply stores these secrets, because Cognito shows the first secret of an app client.
        }
    }
}
