using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Creates whose answer is lost, late or wrong.</summary>
public sealed class CreateTests
{
    private readonly FakeAccount _account = new();

    public static TheoryData<string, string> CreatesWithUniqueNames => new()
    {
        { "CreateResourceServer", nameof(ProvisioningError.Unreachable) },
        { "CreateResourceServer", nameof(ProvisioningError.ServiceFailure) },
        { "CreateUserPoolDomain", nameof(ProvisioningError.Unreachable) },
        { "CreateUserPoolDomain", nameof(ProvisioningError.ServiceFailure) },
    };

    [Theory]
    [MemberData(nameof(CreatesWithUniqueNames))]
    public async Task Create_that_was_carried_out_counts_as_done_although_its_answer_is_lost(string operation, string error)
    {
        _account.Cognito.LoseAnswer = called => called.Name == operation
            ? new(Enum.Parse<ProvisioningError>(error), "No answer.") { MayBeCarriedOut = true }
            : null;

        var outputs = await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal("d111.cloudfront.net", outputs.CustomDomainTarget);
        Assert.Equal(2, _account.Cognito.Pool.Servers.Count);
        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Create_that_was_not_carried_out_fails_with_its_own_failure()
    {
        _account.Cognito.Fault = operation =>
            operation == ResourceServerOperations.Create ? new CognitoProvisioningException(ProvisioningError.Unreachable, "No answer.") { MayBeCarriedOut = true } : null;

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal((ProvisioningError.Unreachable, "No answer."), (failure.Error, failure.Message));
    }

    [Fact]
    public async Task Resource_server_that_exists_with_other_scopes_is_not_taken_for_the_new_one()
    {
        var plan = await _account.PlanAsync(FakeAccount.Acme);
        _account.Cognito.Fault = operation =>
        {
            if (operation == ResourceServerOperations.Create && _account.Cognito.Pool.Servers.Count == 0)
                _account.Cognito.Pool.Servers.Add(new() { Identifier = "orders", Name = "Orders", Scopes = [new() { ScopeName = "all", ScopeDescription = "all" }] });
            return null;
        };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan)));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Contains("resource server 'orders'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateUserPoolClient")]
    [InlineData("UpdateUserPoolClient")]
    public async Task Scope_that_this_run_has_made_is_waited_for(string operation)
    {
        var wanted = FakeAccount.Acme;
        if (operation == "UpdateUserPoolClient")
        {
            await _account.ApplyAsync(wanted);
            wanted = wanted with
            {
                ResourceServers = [wanted.ResourceServers[0], wanted.ResourceServers[1] with { Scopes = [new() { Name = "read" }, new() { Name = "count" }] }],
                AppClients = [wanted.AppClients[0] with { Scopes = ["orders/read", "https://stock/read", "https://stock/count"] }, .. wanted.AppClients.Skip(1)],
            };
        }

        var refusals = 5;
        _account.Cognito.Fault = called => called.Name == operation && refusals-- > 0
            ? ServiceRefusal.CreateException(called, "ScopeDoesNotExistException", "Invalid scope requested: https://stock/count")
            : null;

        await _account.ApplyAsync(wanted);

        Assert.True((await _account.PlanAsync(wanted)).IsEmpty);
        Assert.Contains(_account.Progress.Reports, report => report is { Activity: ProvisioningActivity.Waiting, Message: "waiting for the new scopes of app client 'billing' to be known" });
    }

    [Fact]
    public async Task Wait_for_a_new_scope_ends_after_the_retry_timeout()
    {
        _account.Cognito.Fault = operation => operation == AppClientOperations.Create
            ? ServiceRefusal.CreateException(operation, "ScopeDoesNotExistException", "Invalid scope requested: orders/read")
            : null;
        var before = _account.Clock.GetElapsedTime(0);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal("ScopeDoesNotExistException", failure.ErrorCode);
        Assert.InRange(_account.Clock.GetElapsedTime(0) - before, TimeSpan.FromMinutes(1.5), TimeSpan.FromMinutes(2.1));
    }

    [Fact]
    public async Task Scope_that_existed_before_is_not_waited_for()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        _account.Cognito.Pool.Clients.Clear();
        _account.Cognito.Fault = operation => operation == AppClientOperations.Create
            ? ServiceRefusal.CreateException(operation, "ScopeDoesNotExistException", "Invalid scope requested: orders/read")
            : null;
        _account.Cognito.Calls.Clear();

        await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Single(_account.Cognito.Calls, "CreateUserPoolClient");
    }

    [Fact]
    public async Task App_client_that_lacks_a_scope_that_was_asked_for_is_reported()
    {
        _account.Cognito.Alter(AppClientOperations.Create, answer => new(answer.UserPoolClient! with { AllowedOAuthScopes = ["orders/read"] }));
        _account.Cognito.Alter(AppClientOperations.Describe, answer => new(answer.UserPoolClient! with { AllowedOAuthScopes = ["orders/read"] }));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DifferentResult, failure.Error);
        Assert.Contains("create app client 'billing'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AllowedOAuthScopes is orders/read instead of https://stock/read, orders/read", failure.Message, StringComparison.Ordinal);
        Assert.Equal(_account.Cognito.Pool.Clients[0].Secrets[0].ClientSecretValue, _account.Sink.Held["billing"].ClientSecret);
    }

    [Fact]
    public async Task App_client_without_a_secret_is_reported()
    {
        _account.Cognito.Alter(AppClientOperations.Create, answer => new(answer.UserPoolClient! with { ClientSecret = null }));
        _account.Cognito.Alter(AppClientOperations.Describe, answer => new(answer.UserPoolClient! with { ClientSecret = null }));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DifferentResult, failure.Error);
        Assert.Contains("ClientSecret is not set", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_pool_without_the_tag_that_was_asked_for_is_reported()
    {
        _account.Cognito.Alter(UserPoolOperations.Create, answer => new(answer.UserPool! with { UserPoolTags = null }));
        _account.Cognito.Alter(UserPoolOperations.Describe, answer => new(answer.UserPool! with { UserPoolTags = null }));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DifferentResult, failure.Error);
        Assert.Contains($"tag {OwnershipTag.Key} is not set instead of {OwnershipTag.Created}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resource_server_with_another_scope_than_was_asked_for_is_reported()
    {
        ResourceServer Break(ResourceServer server) => server with { Scopes = [.. server.Scopes!.Take(1)] };
        _account.Cognito.Alter(ResourceServerOperations.Create, answer => new(Break(answer.ResourceServer!)));
        _account.Cognito.Alter(ResourceServerOperations.Describe, answer => new(Break(answer.ResourceServer!)));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DifferentResult, failure.Error);
        Assert.Contains("scope write is not set instead of write", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_that_an_answer_leaves_out_do_not_count_as_a_difference()
    {
        _account.Cognito.Alter(UserPoolOperations.Create, answer => new(new() { Id = answer.UserPool!.Id }));
        _account.Cognito.Alter(ResourceServerOperations.Create, answer => new(new() { Identifier = answer.ResourceServer!.Identifier }));
        _account.Cognito.Alter(AppClientOperations.Create, answer => new(new() { ClientId = answer.UserPoolClient!.ClientId, ClientSecret = answer.UserPoolClient.ClientSecret }));

        await _account.ApplyAsync(FakeAccount.Acme);

        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Domain_of_another_account_stops_the_plan_even_if_Cognito_shows_only_the_account()
    {
        _account.Cognito.Alter(DomainOperations.Describe, _ => new(new() { AWSAccountId = "999999999999" }));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DomainTaken, failure.Error);
        Assert.Contains("'acme-m2m' belongs to a user pool in another account", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _account.Cognito.Changes);
    }

    [Fact]
    public async Task Domain_of_another_account_that_Cognito_hides_stops_the_run_before_resource_servers_and_app_clients()
    {
        _account.Cognito.Fault = operation => operation == DomainOperations.Create
            ? ServiceRefusal.CreateException(operation, "InvalidParameterException", "Domain already associated with another user pool")
            : null;

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DomainTaken, failure.Error);
        Assert.Equal(["create user pool 'acme'"], failure.CompletedSteps.Select(step => step.Title));
        Assert.Empty(_account.Cognito.Pool.Clients);
    }
}
