using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Provisioning.Resources.Domains;

namespace CognitoM2M.Provisioning.Steps;

/// <summary>One plan on its way: what the steps so far have made.</summary>
internal sealed class PlanRun
{
    private readonly ProvisioningPlan _plan;
    private readonly Func<PlanRun, string, AppClientSecret, CancellationToken, Task>? _handOver;
    private readonly List<PlanStep> _completed = [];
    private string? _withNewSecret;

    /// <param name="plan">The plan.</param>
    /// <param name="api">The service.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="domains">Waits for domains to be gone.</param>
    /// <param name="handOver">Takes the secret of a new app client, by name, before the next step begins.</param>
    public PlanRun(
        ProvisioningPlan plan, ICognitoUserPoolApi api, ProgressReport progress, DomainRemoval domains,
        Func<PlanRun, string, AppClientSecret, CancellationToken, Task>? handOver = null)
    {
        _plan = plan;
        _handOver = handOver;
        Api = api;
        Progress = progress;
        Domains = domains;
        Pool = plan.Existing?.Pool;
        CustomDomainTarget = plan.CustomDomainTarget;
        foreach (var (name, client) in plan.Existing?.AppClients ?? new Dictionary<string, ExistingAppClient>(StringComparer.Ordinal))
            AppClients[name] = new(client.Client.ClientId!, client.Client.ClientSecret);
    }

    public IReadOnlyList<PlanStep> Completed => _completed;

    public ICognitoUserPoolApi Api { get; }

    public ProgressReport Progress { get; }

    public DomainRemoval Domains { get; }

    /// <summary>The pool, as it was last seen.</summary>
    public UserPool? Pool { get; set; }

    public string PoolId => Pool!.Id!;

    /// <summary>The app clients of the blueprint that exist, by name.</summary>
    public Dictionary<string, AppClientSecret> AppClients { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of app clients whose secret this run has handed over.</summary>
    public HashSet<string> HandedOver { get; } = new(StringComparer.Ordinal);

    public string? CustomDomainTarget { get; set; }

    /// <summary>Whether a domain was made, whose name may not resolve yet.</summary>
    public bool HasNewDomain { get; set; }

    public void AddAppClient(string name, UserPoolClient client)
    {
        AppClients[name] = new(client.ClientId!, client.ClientSecret);
        _withNewSecret = name;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var action in _plan.Actions)
        {
            Progress.Change(action.Step.Title, _completed.Count, _plan.Actions.Count);
            await action.RunAsync(this, cancellationToken).ConfigureAwait(false);
            _completed.Add(action.Step);
            await HandOverNewSecretAsync().ConfigureAwait(false);
        }

        if (_plan.Actions.Count > 0)
            Progress.Change("done", _completed.Count, _plan.Actions.Count);
    }

    private async Task HandOverNewSecretAsync()
    {
        if (_withNewSecret is not { } name)
            return;

        _withNewSecret = null;
        if (_handOver is null)
            return;

        // Whoever cancels now must not lose a secret that was just made.
        await _handOver(this, name, AppClients[name], CancellationToken.None).ConfigureAwait(false);
        HandedOver.Add(name);
    }
}

/// <summary>An app client's id, and its secret as far as it is known.</summary>
internal sealed record AppClientSecret(string ClientId, string? Secret)
{
    public override string ToString() => ClientId;
}
