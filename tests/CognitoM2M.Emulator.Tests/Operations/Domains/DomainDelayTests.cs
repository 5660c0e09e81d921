using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Domains;

public sealed class DomainDelayTests : OperationTest
{
    private JsonObject _client = [];

    private protected override CognitoEmulatorOptions Options => new() { TimeProvider = Clock, DomainDelay = TimeSpan.FromMinutes(1) };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _client = await CreateClientAsync();
    }

    [Fact]
    public async Task Token_request_is_cut_off_until_the_domain_resolves()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => RequestTokenAsync(_client));
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        Clock.Advance(TimeSpan.FromSeconds(59));
        await Assert.ThrowsAsync<HttpRequestException>(() => RequestTokenAsync(_client));

        Clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await RequestTokenAsync(_client);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Prefix_domain_is_active_at_once_and_custom_domain_after_the_delay()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        await CallAsync("CreateUserPoolDomain", new
        {
            UserPoolId = PoolId,
            Domain = "auth.example.com",
            CustomDomainConfig = new { CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/0" },
        });

        Assert.Equal("ACTIVE", await GetStatusAsync("acme-m2m"));
        Assert.Equal("CREATING", await GetStatusAsync("auth.example.com"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ACTIVE", await GetStatusAsync("auth.example.com"));
    }

    [Fact]
    public async Task Pool_created_in_C_sharp_needs_no_domain()
    {
        using var response = await PostTokenAsync();

        Assert.True(response.IsSuccessStatusCode);
    }

    private async Task<string> GetStatusAsync(string domain) =>
        (await CallAsync("DescribeUserPoolDomain", new { Domain = domain }))["DomainDescription"]!["Status"]!.GetValue<string>();
}
