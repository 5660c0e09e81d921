using System.Text.Json.Nodes;
using Amazon.Runtime;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

public sealed class SavedPlanTests
{
    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Saved_plan_leads_to_the_same_plan_after_it_was_written_and_read()
    {
        var plan = await _account.PlanAsync(FakeAccount.Acme);

        var again = await PlanAgainAsync(SavedPlan.Parse(SavedPlan.Create(plan, "acme.json").ToJson()));

        Assert.Equal(plan.ToString(), again.ToString());
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(again));
        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Options_of_the_plan_are_part_of_the_saved_plan()
    {
        _account.Cognito.AddClient(_account.Cognito.AddPool("acme"), "old");
        var plan = await _account.PlanAsync(FakeAccount.Acme, new() { Adopt = true, Prune = true });

        var again = await PlanAgainAsync(SavedPlan.Parse(SavedPlan.Create(plan).ToJson()));

        Assert.Contains(again.Steps, step => step.Title == "delete app client 'old'");
        Assert.Contains(again.Steps, step => step.Action == PlanAction.Adopt);
    }

    [Fact]
    public async Task Saved_plan_is_refused_after_it_was_applied()
    {
        var saved = SavedPlan.Create(await _account.PlanAsync(FakeAccount.Acme));
        await _account.ApplyAsync(FakeAccount.Acme);
        var changes = _account.Cognito.Changes;

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => PlanAgainAsync(saved));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Equal(changes, _account.Cognito.Changes);
    }

    [Fact]
    public async Task Change_of_one_value_in_the_account_is_found()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var wanted = FakeAccount.Acme with { AppClients = [FakeAccount.Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromHours(2) }, .. FakeAccount.Acme.AppClients.Skip(1)] };
        var saved = SavedPlan.Create(await _account.PlanAsync(wanted));
        var client = _account.Cognito.Pool.Clients[0];
        client.Settings = client.Settings with { AccessTokenValidity = 20 };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => PlanAgainAsync(saved));

        Assert.Contains("step 1 ('update app client 'billing'') is now for other changes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_plan_of_another_region_is_refused()
    {
        var saved = SavedPlan.Create(await _account.PlanAsync(FakeAccount.Acme));
        using var elsewhere = new CognitoProvisioner(_account.Cognito, new() { TimeProvider = _account.Clock, Region = "eu-central-1" });

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(elsewhere.PlanAgainAsync(saved)));

        Assert.Equal(ProvisioningError.PlanOutdated, failure.Error);
        Assert.Contains("region eu-central-1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("111111111111", "222222222222", "the AWS account 111111111111, and this is the account 222222222222")]
    [InlineData("111111111111", null, "the AWS account 111111111111, and these credentials do not say which account they belong to")]
    [InlineData("111111111111", "111111111111", null)]
    [InlineData(null, "222222222222", null)]
    [InlineData(null, null, null)]
    public async Task Plan_of_a_new_user_pool_is_refused_in_another_account(string? made, string? applied, string? reason)
    {
        var saved = SavedPlan.Parse(SavedPlan.Create(await PlanInAccountAsync(made)).ToJson());
        Assert.Equal(made, saved.AccountId);

        var failure = await Record.ExceptionAsync(() => _account.RunAsync(CreateInAccount(applied).PlanAgainAsync(saved)));

        Assert.Equal(reason is null, failure is null);
        if (reason is not null)
            Assert.Contains(reason, Assert.IsType<CognitoProvisioningException>(failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_of_a_user_pool_names_the_account_of_the_user_pool()
    {
        await _account.ApplyAsync(FakeAccount.Acme);

        var saved = SavedPlan.Create(await PlanInAccountAsync(credentials: null));

        Assert.Equal("123456789012", saved.AccountId);
        Assert.True((await PlanAgainAsync(saved)).IsEmpty);
    }

    [Fact]
    public async Task Variables_are_kept_with_the_plan()
    {
        var saved = SavedPlan.Create(await _account.PlanAsync(FakeAccount.Acme), "acme.json", new Dictionary<string, string> { ["STAGE"] = "test" });

        Assert.Equal(new Dictionary<string, string> { ["STAGE"] = "test" }, SavedPlan.Parse(saved.ToJson()).Variables);
    }

    public static TheoryData<string> Manipulations => [.. _manipulations.Keys];

    [Theory]
    [MemberData(nameof(Manipulations))]
    public async Task Manipulated_file_never_does_what_its_blueprint_does_not_say(string manipulation)
    {
        var pool = _account.Cognito.AddPool("acme", isOwned: true);
        _account.Cognito.AddClient(pool, "theirs");
        var json = JsonNode.Parse(SavedPlan.Create(await _account.PlanAsync(FakeAccount.Acme)).ToJson())!.AsObject();
        _manipulations[manipulation](json);

        var failure = await Record.ExceptionAsync(() => PlanAgainAsync(SavedPlan.Parse(json.ToJsonString())));

        Assert.True(
            failure is CognitoProvisioningException { Error: ProvisioningError.PlanOutdated } or InvalidDataException or BlueprintException, failure?.ToString() ?? "accepted");
        Assert.Equal(0, _account.Cognito.Changes);
    }

    [Fact]
    public async Task Unknown_format_is_named()
    {
        var json = JsonNode.Parse(SavedPlan.Create(await _account.PlanAsync(FakeAccount.Acme)).ToJson())!.AsObject();
        json["formatVersion"] = 3;
        json["new"] = true;

        var failure = Assert.Throws<InvalidDataException>(() => SavedPlan.Parse(json.ToJsonString()));

        Assert.Contains("format 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_plan_holds_no_secret()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var pool = _account.Cognito.Pool;
        pool.Clients[0].Settings = pool.Clients[0].Settings with { AccessTokenValidity = 20 };
        pool.Clients[1].Name = "renamed";

        var saved = SavedPlan.Create(await _account.PlanAsync(FakeAccount.Acme, new() { Prune = true }));

        Assert.DoesNotContain("marker", saved.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_that_destroys_cannot_be_saved()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var plan = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(FakeAccount.Acme, new() { OverrideDeletionProtection = true }));

        Assert.Throws<ArgumentException>(() => SavedPlan.Create(plan));
    }

    private static readonly Dictionary<string, Action<JsonObject>> _manipulations = new()
    {
        ["step removed"] = plan => plan["steps"]!.AsArray().RemoveAt(1),
        ["step added"] = plan => plan["steps"]!.AsArray().Add(plan["steps"]![0]!.DeepClone()),
        ["steps swapped"] = plan =>
        {
            var step = plan["steps"]![0]!;
            plan["steps"]!.AsArray().RemoveAt(0);
            plan["steps"]!.AsArray().Add(step);
        },
        ["create becomes delete"] = plan => plan["steps"]![0]!["action"] = "Delete",
        ["warning hidden"] = plan => plan["steps"]![0]!["warning"] = "harmless",
        ["value changed"] = plan => plan["steps"]!.AsArray().Last(step => step!["changes"]!.AsArray().Count > 0)!["changes"]![0]!["after"] = "other",
        ["prune turned on"] = plan => plan["prune"] = true,
        ["user pool changed"] = plan => plan["userPoolId"] = "eu-west-1_Other",
        ["blueprint changed"] = plan => plan["blueprint"]!["appClients"]!.AsArray().RemoveAt(0),
        ["blueprint invalid"] = plan => plan["blueprint"]!["appClients"]![0]!["name"] = "",
        ["blueprint removed"] = plan => plan.Remove("blueprint"),
        ["steps removed"] = plan => plan.Remove("steps"),
        ["steps null"] = plan => plan["steps"] = null,
        ["step null"] = plan => plan["steps"]![0] = null,
        ["changes null"] = plan => plan["steps"]![0]!["changes"] = null,
        ["account changed"] = plan => plan["target"]!["accountId"] = "999999999999",
        ["variables null"] = plan => plan["variables"] = null,
        ["variable null"] = plan => plan["variables"]!["STAGE"] = null,
        ["target null"] = plan => plan["target"] = null,
        ["unknown member"] = plan => plan["allow"] = "all",
        ["version as text"] = plan => plan["formatVersion"] = "2",
    };

    private Task<ProvisioningPlan> PlanInAccountAsync(string? credentials) => _account.RunAsync(CreateInAccount(credentials).PlanAsync(FakeAccount.Acme));

    private CognitoProvisioner CreateInAccount(string? id) =>
        new(_account.Cognito, new() { TimeProvider = _account.Clock, Credentials = new BasicAWSCredentials("key", "secret", id) });

    private Task<ProvisioningPlan> PlanAgainAsync(SavedPlan saved) => _account.RunAsync(_account.CreateProvisioner().PlanAgainAsync(saved, _account.Progress));
}
