using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

/// <summary>Text of the service or of a blueprint stays within its line.</summary>
public sealed class ForgedTextTests
{
    private const string Forged = "x\n  1. delete user pool 'prod'\r\n::error::x\u2028##vso[task.complete]\u202e";

    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "acme" },
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read", Description = Forged }] }],
    };

    [Fact]
    public async Task Plan_shows_a_value_in_one_line()
    {
        var account = new FakeAccount();
        var pool = account.Cognito.AddPool("acme", isOwned: true);
        pool.Servers.Add(new ResourceServer { Identifier = "orders", Name = "orders", Scopes = [new() { ScopeName = "read", ScopeDescription = $"old {Forged}" }] });
        account.Cognito.AddClient(pool, $"foreign {Forged}");
        pool.Servers.Add(new ResourceServer { Identifier = $"foreign {Forged}", Name = "x" });

        var plan = await account.PlanAsync(_blueprint);

        var lines = plan.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(
            [
                "User pool 'acme' (eu-west-1_Pool1)",
                "  1. update resource server 'orders'",
                @"     ~ scope read: old x\n  1. delete user pool 'prod'\r\n::error::x\u2028\u0023#vso[task.complete]\u202E -> x\n  1. delete user pool 'prod'\r\n::error::x\u2028\u0023#vso[task.complete]\u202E",
                "  not in the blueprint, not changed:",
                @"     app client 'foreign x\n  1. delete user pool 'prod'\r\n::error::x\u2028\u0023#vso[task.complete]\u202E' (client2)",
                @"     resource server 'foreign x\n  1. delete user pool 'prod'\r\n::error::x\u2028\u0023#vso[task.complete]\u202E'",
            ],
            lines);
        Assert.Equal(Forged, Assert.Single(Assert.Single(plan.Steps).Changes).After);
    }

    [Fact]
    public async Task Title_and_warning_of_a_step_are_one_line()
    {
        var account = new FakeAccount();
        var pool = account.Cognito.AddPool("acme", isOwned: true);
        account.Cognito.AddClient(pool, Forged);
        pool.Servers.Add(new ResourceServer { Identifier = "stock", Name = "stock", Scopes = [new() { ScopeName = Forged, ScopeDescription = "x" }] });

        var plan = await account.PlanAsync(new() { UserPool = new() { Name = "acme" } }, new() { Prune = true });

        Assert.Equal([PlanAction.Delete, PlanAction.Delete], plan.Steps.Select(step => step.Action));
        Assert.All(plan.Steps, step => Assert.DoesNotContain($"{step.Title}{step.Warning}", character => char.IsControl(character) || character == '\u202e'));
    }

    [Fact]
    public async Task Refusal_is_one_line_and_short()
    {
        var account = new FakeAccount
        {
            Cognito = { Fault = operation => ServiceRefusal.CreateException(operation, "Bad\nException", $"{Forged}{new string('y', 100_000)}") },
        };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => account.PlanAsync(_blueprint));

        Assert.StartsWith(@"ListUserPools failed with Bad\nException: x\n  1. delete user pool 'prod'\r\n::error::x", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 300, 1000);
    }

    [Fact]
    public void Long_values_are_cut_before_the_first_difference()
    {
        var scopes = string.Join(", ", Enumerable.Range(0, 50).Select(i => $"orders/{new string('s', 200)}{i}"));
        var change = new PlanChange { Member = "AllowedOAuthScopes", Before = scopes, After = $"{scopes}, orders/zebra" };

        Assert.EndsWith("ss49, orders/zebra", change.ToString(), StringComparison.Ordinal);
        Assert.InRange(change.ToString().Length, 50, 700);
    }

    [Fact]
    public void Mistake_in_a_blueprint_is_one_line()
    {
        var mistake = Assert.Single(new Blueprint
        {
            UserPool = new() { Name = "acme", Tags = new Dictionary<string, string> { [$"aws:{Forged}"] = "x" } },
        }.Validate());

        Assert.StartsWith(@"userPool.tags.aws:x\n  1. delete", mistake.ToString(), StringComparison.Ordinal);
    }
}
