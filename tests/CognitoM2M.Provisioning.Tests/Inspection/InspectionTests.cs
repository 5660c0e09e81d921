using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Inspection;

public sealed class InspectionTests
{
    [Fact]
    public async Task Domain_leads_to_its_user_pool_and_app_client()
    {
        var (account, outputs) = await ApplyAsync();

        var inspection = await InspectAsync(account, new() { Domain = "auth.acme.com", ClientId = outputs.AppClients[0].ClientId });

        Assert.Equal(("auth.acme.com", "ACTIVE", outputs.UserPoolId), (inspection.Domain!.Name, inspection.Domain.Status, inspection.Domain.UserPoolId));
        Assert.Equal("d111.cloudfront.net", inspection.Domain.Target);
        Assert.Equal((outputs.UserPoolId, true, false), (inspection.UserPool!.Id, inspection.UserPool.HasDomain, inspection.UserPool.HasUpdatedIssuer));
        Assert.Equal(["https://stock/read", "orders/read", "orders/write"], inspection.UserPool.Scopes.Order(StringComparer.Ordinal));
        Assert.True(inspection.AppClient!.IsOAuthEnabled);
        Assert.Equal(["client_credentials"], inspection.AppClient.OAuthFlows);
        Assert.Equal(["https://stock/read", "orders/read"], inspection.AppClient.OAuthScopes.Order(StringComparer.Ordinal));
        Assert.Equal(1, inspection.AppClient.SecretCount);
    }

    [Fact]
    public async Task Inspection_changes_nothing()
    {
        var (account, outputs) = await ApplyAsync();
        var before = account.Cognito.Calls.Count;

        await InspectAsync(account, new() { UserPoolId = outputs.UserPoolId, Domain = "acme-m2m", ClientId = outputs.AppClients[0].ClientId });

        Assert.All(account.Cognito.Calls.Skip(before), call => Assert.Matches("^(Describe|List)", call));
    }

    [Fact]
    public async Task Missing_resource_is_null()
    {
        var (account, outputs) = await ApplyAsync();

        var missingClient = await InspectAsync(account, new() { UserPoolId = outputs.UserPoolId, Domain = "nobody-m2m", ClientId = "nobody" });
        var missingPool = await InspectAsync(account, new() { UserPoolId = "eu-west-1_nobody", ClientId = "nobody" });

        Assert.Equal((null, null, null), (missingClient.Domain, missingClient.AppClient, missingClient.MissingDomainError));
        Assert.Equal(outputs.UserPoolId, missingClient.UserPool!.Id);
        Assert.Null(missingPool.UserPool);
    }

    [Fact]
    public async Task Error_that_reports_a_missing_domain_is_named()
    {
        var account = new FakeAccount();
        account.Cognito.Fault = operation => operation.Name == "DescribeUserPoolDomain" ? ServiceRefusal.CreateException(operation, "ResourceNotFoundException", "No.") : null;

        Assert.Equal("ResourceNotFoundException", (await InspectAsync(account, new() { Domain = "nobody-m2m" })).MissingDomainError);
    }

    [Fact]
    public async Task Secrets_that_may_not_be_listed_leave_the_rest_readable()
    {
        var (account, outputs) = await ApplyAsync();
        account.Cognito.Fault = operation => operation.Name == "ListUserPoolClientSecrets" ? ServiceRefusal.CreateException(operation, "AccessDeniedException", "No.") : null;

        var inspection = await InspectAsync(account, new() { UserPoolId = outputs.UserPoolId, ClientId = outputs.AppClients[0].ClientId });

        Assert.Null(inspection.AppClient!.SecretCount);
        Assert.True(inspection.AppClient.IsOAuthEnabled);
    }

    [Fact]
    public async Task Text_form_leaves_the_secret_out()
    {
        var (account, outputs) = await ApplyAsync();

        var inspection = await InspectAsync(account, new() { UserPoolId = outputs.UserPoolId, ClientId = outputs.AppClients[0].ClientId });

        Assert.Equal(account.Sink.Held["billing"].ClientSecret, inspection.AppClient!.ShownSecret);
        Assert.DoesNotContain(inspection.AppClient.ShownSecret!, inspection.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(FakeAccount Account, ProvisioningOutputs Outputs)> ApplyAsync()
    {
        var account = new FakeAccount();
        return (account, await account.ApplyAsync(FakeAccount.Acme));
    }

    private static Task<SetupInspection> InspectAsync(FakeAccount account, InspectionRequest request) =>
        account.RunAsync(account.CreateProvisioner().InspectAsync(request));
}
