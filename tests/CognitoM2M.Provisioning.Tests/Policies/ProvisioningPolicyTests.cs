using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Policies;

public sealed class ProvisioningPolicyTests
{
    [Fact]
    public async Task Every_operation_that_is_called_is_allowed()
    {
        var world = new World();
        await world.ApplyAsync(World.Acme);
        await world.RunAsync(world.Provisioner().RotateSecretAsync(World.Acme, "billing", world.Sink));
        var changed = World.Acme with
        {
            UserPool = World.Acme.UserPool with { Tags = new Dictionary<string, string> { ["team"] = "else" } },
            Domain = new() { Prefix = "acme-new", Custom = World.Acme.Domain!.Custom! with { CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/two" } },
            ResourceServers = [.. World.Acme.ResourceServers.Select(server => server with { Name = "New" })],
            AppClients = [World.Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromHours(3) }],
        };
        await world.ApplyAsync(changed, ProvisioningLosses.All, new() { Prune = true });
        await world.DestroyAsync(World.Acme, new() { OverrideDeletionProtection = true });

        var allowed = Actions(ProvisioningPolicy.For(World.Acme));

        // GetClientToken is not governed by IAM: the secret is the credential.
        Assert.Empty(world.Cognito.Calls.Where(call => call != "GetClientToken").Select(call => $"cognito-idp:{call}").Except(allowed));
    }

    [Fact]
    public void Known_pool_is_the_only_resource_but_for_what_has_none()
    {
        var policy = JsonNode.Parse(ProvisioningPolicy.For(World.Acme, new() { UserPoolId = "us-gov-west-1_Ab", AccountId = "123456789012" }))!;

        Assert.Equal(["*", "arn:aws-us-gov:cognito-idp:us-gov-west-1:123456789012:userpool/us-gov-west-1_Ab", "*"], policy["Statement"]!.AsArray().Select(item => item!["Resource"]!.GetValue<string>()));
        Assert.DoesNotContain("cognito-idp:CreateUserPool", Actions(policy.ToJsonString()));
    }

    [Fact]
    public void Plan_alone_needs_no_permission_to_change()
    {
        var actions = Actions(ProvisioningPolicy.For(World.Acme, new() { AllowApply = false, AllowDelete = false, AllowRotation = false }));

        Assert.All(actions, action => Assert.Matches("^cognito-idp:(List|Describe)", action));
    }

    private static List<string> Actions(string policy) =>
        [.. JsonNode.Parse(policy)!["Statement"]!.AsArray().SelectMany(item => item!["Action"]!.AsArray()).Select(action => action!.GetValue<string>())];
}
