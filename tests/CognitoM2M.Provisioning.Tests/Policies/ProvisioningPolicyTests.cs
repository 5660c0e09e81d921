using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Policies;

public sealed class ProvisioningPolicyTests
{
    [Fact]
    public async Task Policy_allows_every_operation_that_provisioning_calls()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        await account.RunAsync(account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", account.Sink));
        var changed = FakeAccount.Acme with
        {
            UserPool = FakeAccount.Acme.UserPool with { Tags = new Dictionary<string, string> { ["team"] = "else" } },
            Domain = new() { Prefix = "acme-new", Custom = FakeAccount.Acme.Domain!.Custom! with { CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/two" } },
            ResourceServers = [.. FakeAccount.Acme.ResourceServers.Select(server => server with { Name = "New" })],
            AppClients = [FakeAccount.Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromHours(3) }],
        };
        await account.ApplyAsync(changed, DestructiveChanges.All, new() { Prune = true });
        await account.DestroyAsync(FakeAccount.Acme, new() { OverrideDeletionProtection = true });

        var allowed = Actions(ProvisioningPolicy.Create(FakeAccount.Acme));

        // IAM does not govern GetClientToken: the secret is the credential.
        Assert.Empty(account.Cognito.Calls.Where(call => call != "GetClientToken").Select(call => $"cognito-idp:{call}").Except(allowed));
    }

    [Fact]
    public void Policy_for_a_known_user_pool_names_it_as_the_resource()
    {
        var policy = JsonNode.Parse(ProvisioningPolicy.Create(FakeAccount.Acme, new() { UserPoolId = "us-gov-west-1_Ab", AccountId = "123456789012" }))!;

        Assert.Equal(["*", "arn:aws-us-gov:cognito-idp:us-gov-west-1:123456789012:userpool/us-gov-west-1_Ab", "*"], policy["Statement"]!.AsArray().Select(item => item!["Resource"]!.GetValue<string>()));
        Assert.DoesNotContain("cognito-idp:CreateUserPool", Actions(policy.ToJsonString()));
    }

    [Fact]
    public void Policy_for_planning_allows_no_change()
    {
        var actions = Actions(ProvisioningPolicy.Create(FakeAccount.Acme, new() { AllowApply = false, AllowDelete = false, AllowRotation = false }));

        Assert.All(actions, action => Assert.Matches("^cognito-idp:(List|Describe)", action));
    }

    private static List<string> Actions(string policy) =>
        [.. JsonNode.Parse(policy)!["Statement"]!.AsArray().SelectMany(item => item!["Action"]!.AsArray()).Select(action => action!.GetValue<string>())];
}
