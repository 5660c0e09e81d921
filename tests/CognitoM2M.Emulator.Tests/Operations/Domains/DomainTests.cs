using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Domains;

public sealed class DomainTests : ManagementTest
{
    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0000";

    [Fact]
    public async Task Prefix_domain_is_described_and_shown_by_its_pool()
    {
        var created = await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        Assert.Equal("ManagedLoginVersion", MembersOf(created));
        var description = (await DoAsync("DescribeUserPoolDomain", new { Domain = "acme-m2m" }))["DomainDescription"]!;
        Assert.Equal(
            "AWSAccountId CloudFrontDistribution CustomDomainConfig Domain ManagedLoginVersion S3Bucket Status UserPoolId Version",
            MembersOf(description));
        Assert.Equal("ACTIVE", description["Status"]!.GetValue<string>());
        Assert.Equal(PoolId, description["UserPoolId"]!.GetValue<string>());
        Assert.EndsWith(".cloudfront.net", description["CloudFrontDistribution"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("acme-m2m", (await DescribePoolAsync())["Domain"]!.GetValue<string>());
    }

    [Fact]
    public async Task Unknown_domain_is_described_with_nothing() =>
        Assert.Equal("""{"DomainDescription":{}}""", (await DoAsync("DescribeUserPoolDomain", new { Domain = "nobodys" })).ToJsonString());

    [Fact]
    public async Task Custom_domain_has_a_distribution_and_goes_with_a_prefix()
    {
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        var created = await DoAsync("CreateUserPoolDomain", Custom("auth.example.com"));

        Assert.EndsWith(".cloudfront.net", created["CloudFrontDomain"]!.GetValue<string>(), StringComparison.Ordinal);
        var pool = await DescribePoolAsync();
        Assert.Equal("acme-m2m", pool["Domain"]!.GetValue<string>());
        Assert.Equal("auth.example.com", pool["CustomDomain"]!.GetValue<string>());
        await RefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "another" });
        await RefusedAsync(Invalid, "CreateUserPoolDomain", Custom("other.example.com"));
    }

    [Fact]
    public async Task Domain_of_another_pool_is_taken()
    {
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });

        var message = await RefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        Assert.Equal("Domain already associated with another user pool", message);
    }

    [Theory]
    [InlineData("cognito")]
    [InlineData("my-aws")]
    [InlineData("amazon-orders")]
    public async Task Reserved_words_are_refused(string prefix) => Assert.StartsWith(
        "Domain cannot contain reserved word: ",
        await RefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = prefix }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Acme")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("auth.example.com")]
    public async Task Prefix_has_a_shape(string prefix) => Assert.StartsWith(
        "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens.",
        await RefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = prefix }),
        StringComparison.Ordinal);

    [Fact]
    public async Task Reserved_word_inside_another_word_is_none() =>
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "awsome" });

    [Fact]
    public async Task Custom_domain_needs_a_certificate_from_us_east_1_and_a_full_name()
    {
        var elsewhere = Certificate.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal);

        await RefusedAsync(Invalid, "CreateUserPoolDomain", Custom("auth.example.com", elsewhere));
        Assert.Equal("Custom domain is not a valid subdomain", await RefusedAsync(Invalid, "CreateUserPoolDomain", Custom("auth")));
    }

    [Fact]
    public async Task There_are_at_most_4_custom_domains()
    {
        for (var i = 0; i < 4; i++)
            await DoAsync("CreateUserPoolDomain", Custom($"a{i}.example.com", poolId: await CreatePoolAsync("p")));

        await RefusedAsync(LimitExceeded, "CreateUserPoolDomain", Custom("a4.example.com"));
    }

    [Fact]
    public async Task Update_changes_what_it_names()
    {
        await DoAsync("CreateUserPoolDomain", Custom("auth.example.com"));

        var updated = await DoAsync(
            "UpdateUserPoolDomain", new { UserPoolId = PoolId, Domain = "auth.example.com", ManagedLoginVersion = 2 });

        Assert.Equal(2, updated["ManagedLoginVersion"]!.GetValue<int>());
        var description = (await DoAsync("DescribeUserPoolDomain", new { Domain = "auth.example.com" }))["DomainDescription"]!;
        Assert.Equal(Certificate, description["CustomDomainConfig"]!["CertificateArn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Prefix_domain_has_no_certificate_to_update()
    {
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        var message = await RefusedAsync(Invalid, "UpdateUserPoolDomain", Custom("acme-m2m"));

        Assert.Equal("User pool should have a custom domain associated, failed to update the certificate.", message);
    }

    [Fact]
    public async Task Managed_login_needs_more_than_the_lowest_tier()
    {
        await DoAsync("UpdateUserPool", new { UserPoolId = PoolId, UserPoolTier = "LITE" });

        await RefusedAsync(
            "FeatureUnavailableInTierException", "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "a", ManagedLoginVersion = 2 });
    }

    [Fact]
    public async Task Pool_is_deleted_only_after_its_domain()
    {
        await DoAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        Assert.Equal(
            "User pool cannot be deleted. It has a domain configured that should be deleted first.",
            await RefusedAsync(Invalid, "DeleteUserPool", new { UserPoolId = PoolId }));

        await RefusedAsync(Invalid, "DeleteUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });
        using (var deleted = await CallAsync("DeleteUserPoolDomain", $$"""{"UserPoolId":"{{PoolId}}","Domain":"acme-m2m"}"""))
            Assert.Equal("{}", await deleted.Content.ReadAsStringAsync());

        await RefusedAsync(Invalid, "DeleteUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        await DoAsync("DeleteUserPool", new { UserPoolId = PoolId });
    }

    private JsonObject Custom(string domain, string certificate = Certificate, string? poolId = null) => new()
    {
        ["UserPoolId"] = poolId ?? PoolId,
        ["Domain"] = domain,
        ["CustomDomainConfig"] = new JsonObject { ["CertificateArn"] = certificate },
    };
}
