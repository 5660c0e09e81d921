using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Cli.Tests.Commands;

public sealed class OverlapTests : ToolTestBase
{
    [Fact]
    public async Task Second_of_two_applies_at_once_reports_the_overlap_and_both_have_the_same_secret()
    {
        ToolRun? other = null;
        CreateProvisioner = options => new CognitoProvisioner(
            new InterruptedUserPoolApi(AwsUserPoolService.Create(options), "CreateUserPoolClient", async () =>
            {
                CreateProvisioner = null;
                other = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", PathOf("other.json"));
            }),
            options);

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--json", "--secrets", SecretsPath);
        var next = await RunAsync("plan", BlueprintPath, "--detailed-exitcode");

        Assert.Equal((ExitCode.Success, ExitCode.Conflict, ExitCode.Success), (other!.Code, run.Code, next.Code));
        Assert.Equal("overlap", run.Json.GetProperty("error").GetProperty("name").GetString());
        var client = Assert.Single(Cognito.UserPools.Single().AppClients);
        Assert.Contains($"app client 'billing' ({client.ClientId})", run.Error, StringComparison.Ordinal);
        Assert.Equal(client.ClientSecret, ReadStoredSecret());
    }

    /// <summary>The user pools API. Runs an action before the first request of one operation.</summary>
    private sealed class InterruptedUserPoolApi(IUserPoolService service, string name, Func<Task> interruption) : IUserPoolService
    {
        private bool _isInterrupted;

        public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
            where TOut : class
        {
            if (operation.Name == name && !_isInterrupted)
            {
                _isInterrupted = true;
                await interruption();
            }

            return await service.CallAsync(operation, request, cancellationToken);
        }
    }
}
