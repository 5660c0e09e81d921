using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Domains;

public sealed class DomainTests : OperationTest
{
    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0000";

    [Fact]
    public async Task Prefix_domain_appears_in_its_own_description_and_in_the_pool()
    {
        var created = await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        Assert.Equal("ManagedLoginVersion", ListMembers(created));
        var description = (await CallAsync("DescribeUserPoolDomain", new { Domain = "acme-m2m" }))["DomainDescription"]!;
        Assert.Equal(
            "AWSAccountId CloudFrontDistribution CustomDomainConfig Domain ManagedLoginVersion S3Bucket Status UserPoolId Version",
            ListMembers(description));
        Assert.Equal("ACTIVE", description["Status"]!.GetValue<string>());
        Assert.Equal(PoolId, description["UserPoolId"]!.GetValue<string>());
        Assert.EndsWith(".cloudfront.net", description["CloudFrontDistribution"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("acme-m2m", (await DescribePoolAsync())["Domain"]!.GetValue<string>());
    }

    [Fact]
    public async Task Unknown_domain_has_an_empty_description() =>
        Assert.Equal("""{"DomainDescription":{}}""", (await CallAsync("DescribeUserPoolDomain", new { Domain = "nobodys" })).ToJsonString());

    [Fact]
    public async Task Pool_can_have_one_prefix_domain_and_one_custom_domain()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        var created = await CallAsync("CreateUserPoolDomain", Custom("auth.example.com"));

        Assert.EndsWith(".cloudfront.net", created["CloudFrontDomain"]!.GetValue<string>(), StringComparison.Ordinal);
        var pool = await DescribePoolAsync();
        Assert.Equal("acme-m2m", pool["Domain"]!.GetValue<string>());
        Assert.Equal("auth.example.com", pool["CustomDomain"]!.GetValue<string>());
        await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "another" });
        await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", Custom("other.example.com"));
    }

    [Fact]
    public async Task Domain_name_in_use_by_another_pool_is_refused()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });

        var message = await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        Assert.Equal("Domain already associated with another user pool", message);
    }

    [Theory]
    [InlineData("cognito")]
    [InlineData("my-aws")]
    [InlineData("amazon-orders")]
    public async Task Reserved_words_are_refused(string prefix) => Assert.StartsWith(
        "Domain cannot contain reserved word: ",
        await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = prefix }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Acme")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("auth.example.com")]
    public async Task Prefix_with_invalid_characters_is_refused(string prefix) => Assert.StartsWith(
        "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens.",
        await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = prefix }),
        StringComparison.Ordinal);

    [Fact]
    public async Task Prefix_with_a_reserved_word_inside_another_word_is_accepted() =>
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "awsome" });

    [Fact]
    public async Task Custom_domain_needs_a_full_name_and_a_certificate_in_us_east_1()
    {
        var elsewhere = Certificate.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal);

        await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", Custom("auth.example.com", elsewhere));
        Assert.Equal("Custom domain is not a valid subdomain", await AssertRefusedAsync(Invalid, "CreateUserPoolDomain", Custom("auth")));
    }

    [Fact]
    public async Task Fifth_custom_domain_is_refused()
    {
        for (var i = 0; i < 4; i++)
            await CallAsync("CreateUserPoolDomain", Custom($"a{i}.example.com", poolId: await CreatePoolAsync("p")));

        await AssertRefusedAsync(LimitExceeded, "CreateUserPoolDomain", Custom("a4.example.com"));
    }

    [Fact]
    public async Task Update_keeps_the_settings_that_it_does_not_name()
    {
        await CallAsync("CreateUserPoolDomain", Custom("auth.example.com"));

        var updated = await CallAsync(
            "UpdateUserPoolDomain", new { UserPoolId = PoolId, Domain = "auth.example.com", ManagedLoginVersion = 2 });

        Assert.Equal(2, updated["ManagedLoginVersion"]!.GetValue<int>());
        var description = (await CallAsync("DescribeUserPoolDomain", new { Domain = "auth.example.com" }))["DomainDescription"]!;
        Assert.Equal(Certificate, description["CustomDomainConfig"]!["CertificateArn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Certificate_of_a_prefix_domain_cannot_be_updated()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });

        var message = await AssertRefusedAsync(Invalid, "UpdateUserPoolDomain", Custom("acme-m2m"));

        Assert.Equal("User pool should have a custom domain associated, failed to update the certificate.", message);
    }

    [Fact]
    public async Task Managed_login_is_refused_in_the_tier_LITE()
    {
        await CallAsync("UpdateUserPool", new { UserPoolId = PoolId, UserPoolTier = "LITE" });

        await AssertRefusedAsync(
            "FeatureUnavailableInTierException", "CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "a", ManagedLoginVersion = 2 });
    }

    [Fact]
    public async Task Pool_with_a_domain_cannot_be_deleted()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        Assert.Equal(
            "User pool cannot be deleted. It has a domain configured that should be deleted first.",
            await AssertRefusedAsync(Invalid, "DeleteUserPool", new { UserPoolId = PoolId }));

        await AssertRefusedAsync(Invalid, "DeleteUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });
        using (var deleted = await SendOperationAsync("DeleteUserPoolDomain", $$"""{"UserPoolId":"{{PoolId}}","Domain":"acme-m2m"}"""))
            Assert.Equal("{}", await deleted.Content.ReadAsStringAsync());

        await AssertRefusedAsync(Invalid, "DeleteUserPoolDomain", new { UserPoolId = PoolId, Domain = "acme-m2m" });
        await CallAsync("DeleteUserPool", new { UserPoolId = PoolId });
    }

    private JsonObject Custom(string domain, string certificate = Certificate, string? poolId = null) => new()
    {
        ["UserPoolId"] = poolId ?? PoolId,
        ["Domain"] = domain,
        ["CustomDomainConfig"] = new JsonObject { ["CertificateArn"] = certificate },
    };
}
