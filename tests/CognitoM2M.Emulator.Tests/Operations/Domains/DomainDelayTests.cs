using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Domains;

public sealed class DomainDelayTests : ManagementTest
{
    private JsonObject _client = [];

    private protected override CognitoEmulatorOptions Options => new() { TimeProvider = Clock, DomainDelay = TimeSpan.FromMinutes(1) };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _client = await CreateClientAsync();
    }

    [Fact]
    public async Task Token_endpoint_cannot_be_found_without_a_domain_nor_before_its_name_resolves()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => PostTokenForAsync(_client));
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        Clock.Advance(TimeSpan.FromSeconds(59));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostTokenForAsync(_client));

        Clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await PostTokenForAsync(_client);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Prefix_domain_claims_to_be_active_at_once_and_a_custom_one_does_not()
    {
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        await DoAsync("CreateUserPoolDomain", new
        {
            UserPoolId = PoolId,
            Domain = "auth.example.com",
            CustomDomainConfig = new { CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/0" },
        });

        Assert.Equal("ACTIVE", await StatusAsync("acme-m2m"));
        Assert.Equal("CREATING", await StatusAsync("auth.example.com"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ACTIVE", await StatusAsync("auth.example.com"));
    }

    [Fact]
    public async Task Pool_made_in_code_needs_no_domain()
    {
        using var response = await PostTokenAsync();

        Assert.True(response.IsSuccessStatusCode);
    }

    private async Task<string> StatusAsync(string domain) =>
        (await DoAsync("DescribeUserPoolDomain", new { Domain = domain }))["DomainDescription"]!["Status"]!.GetValue<string>();
}
