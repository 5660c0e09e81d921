using System.Net;
using System.Net.Sockets;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>The token endpoint of a prefix domain cannot be reached, and the account says what is wrong with the domain.</summary>
public sealed class DomainFaultTests : DoctorTestBase
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        ResolveHostAsync = (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        await ApplyAsync();
    }

    [Fact]
    public async Task Domain_that_does_not_exist_is_reported()
    {
        var run = await ExamineAsync("no-such-domain");

        Assert.Equal("failed", VerdictOf(run, "domain"));
        Assert.Contains("Cognito knows no domain 'no-such-domain'", FindingOf(run, "domain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domain_that_exists_passes_and_its_user_pool_is_examined()
    {
        var run = await ExamineAsync("shop-m2m");

        Assert.Equal("passed", VerdictOf(run, "domain"));
        Assert.Equal("failed", VerdictOf(run, "client-id"));
    }

    [Fact]
    public async Task Domain_of_another_user_pool_is_reported()
    {
        var other = Cognito.CreateUserPool("other");

        var run = await ExamineAsync("shop-m2m", "--user-pool-id", other.Id);

        Assert.Contains("belongs to user pool", FindingOf(run, "domain"), StringComparison.Ordinal);
        Assert.Equal("failed", VerdictOf(run, "domain"));
    }

    private async Task<ToolRun> ExamineAsync(string domain, params string[] more)
    {
        Write(SecretsPath, $$"""{ "CognitoM2M": { "Clients": { "billing": { "Domain": "{{domain}}", "Region": "eu-west-1", "ClientId": "abc123", "ClientSecret": "{{Secret}}" } } } }""");
        var run = await base.ExamineAsync(more);
        AssertFirstFailed(run, "name-resolution", ExitCode.Unreachable);
        return run;
    }
}
