using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Tests.Fakes;

/// <summary>One of several runs that plan and apply the same blueprint in one account, each as a process of its own with a sink of its own.</summary>
internal sealed class ConcurrentRun(FakeAccount account) : IUserPoolService
{
    /// <summary>The number of the request, from 1, before which the run pauses.</summary>
    public int? PausesBefore { get; set; }

    /// <summary>What happens while the run pauses. The run goes on when it ends.</summary>
    public Func<Task> Pause { get; set; } = () => Task.CompletedTask;

    /// <summary>Called before each request.</summary>
    public Func<Operation, Task> BeforeRequest { get; set; } = _ => Task.CompletedTask;

    public int Requests { get; private set; }

    public MemorySink Sink { get; } = new();

    public ProvisioningPlan? Plan { get; private set; }

    /// <summary>Why the run failed; null if it did not.</summary>
    public CognitoProvisioningException? Failure { get; private set; }

    public async Task RunAsync(Blueprint blueprint)
    {
        using var provisioner = new CognitoProvisioner(this, new() { TimeProvider = account.Clock, TokenHttpHandler = account.TokenEndpoint });
        try
        {
            Plan = await provisioner.PlanAsync(blueprint);
            await provisioner.ApplyAsync(Plan, new() { Secrets = Sink });
        }
        catch (CognitoProvisioningException e)
        {
            Failure = e;
        }
    }

    public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        if (++Requests == PausesBefore)
            await Pause();
        await BeforeRequest(operation);
        return await account.Cognito.CallAsync(operation, request, cancellationToken);
    }
}
