namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class TagTests : OperationTest
{
    [Fact]
    public async Task Tags_are_added_replaced_and_removed()
    {
        Assert.Empty(await CallAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1", b = "2" } }));
        await CallAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { b = "3", c = "" } });
        Assert.Empty(await CallAsync("UntagResource", new { ResourceArn = Pool.Arn, TagKeys = new[] { "a", "never-there" } }));

        var listed = await CallAsync("ListTagsForResource", new { ResourceArn = Pool.Arn });
        Assert.Equal("""{"Tags":{"b":"3","c":""}}""", listed.ToJsonString());
        var pool = (await CallAsync("DescribeUserPool", new { UserPoolId = Pool.Id }))["UserPool"]!;
        Assert.Equal("""{"b":"3","c":""}""", pool["UserPoolTags"]!.ToJsonString());
    }

    [Fact]
    public async Task Tagging_keeps_all_other_settings()
    {
        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, DeletionProtection = "ACTIVE" });

        await CallAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1" } });

        var pool = (await CallAsync("DescribeUserPool", new { UserPoolId = Pool.Id }))["UserPool"]!;
        Assert.Equal("ACTIVE", pool["DeletionProtection"]!.GetValue<string>());
    }

    [Fact]
    public async Task Update_of_the_user_pool_replaces_tags_that_it_names_and_keeps_them_otherwise()
    {
        await CallAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1" } });

        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, AdminCreateUserConfig = new { AllowAdminCreateUserOnly = true } });
        Assert.Equal("""{"a":"1"}""", await ReadTagsAsync());

        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, UserPoolTags = new { b = "2" } });
        Assert.Equal("""{"b":"2"}""", await ReadTagsAsync());

        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, UserPoolTags = new { } });
        Assert.Equal("{}", await ReadTagsAsync());

        async Task<string> ReadTagsAsync() => (await CallAsync("ListTagsForResource", new { ResourceArn = Pool.Arn }))["Tags"]!.ToJsonString();
    }

    [Fact]
    public async Task Update_keeps_the_attributes_that_need_verification_if_it_does_not_name_them()
    {
        var settings = new { AttributesRequireVerificationBeforeUpdate = new[] { "email" } };
        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, UserAttributeUpdateSettings = settings });

        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id });

        var pool = (await CallAsync("DescribeUserPool", new { UserPoolId = Pool.Id }))["UserPool"]!;
        Assert.Equal("""{"AttributesRequireVerificationBeforeUpdate":["email"]}""", pool["UserAttributeUpdateSettings"]!.ToJsonString());
    }

    [Fact]
    public async Task More_than_50_tags_and_reserved_keys_are_refused()
    {
        var fifty = Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", i => "v", StringComparer.Ordinal);
        await CallAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = fifty });

        await AssertRefusedAsync(Invalid, "TagResource", new { ResourceArn = Pool.Arn, Tags = new { more = "v" } });
        var reserved = new Dictionary<string, string>(StringComparer.Ordinal) { ["aws:a"] = "v" };
        await AssertRefusedAsync(Invalid, "TagResource", new { ResourceArn = Pool.Arn, Tags = reserved });
        fifty["more"] = "v";
        await AssertRefusedAsync("UserPoolTaggingException", "CreateUserPool", new { PoolName = "p", UserPoolTags = fifty });
    }

    [Theory]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_nowhere", NotFound)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:queue", Invalid)]
    [InlineData("no arn", Invalid)]
    public async Task Arn_of_another_resource_or_of_an_unknown_pool_is_refused(string arn, string error) =>
        await AssertRefusedAsync(error, "ListTagsForResource", new { ResourceArn = arn });

    [Fact]
    public async Task Pool_of_another_account_is_not_found() => await AssertRefusedAsync(
        NotFound, "ListTagsForResource", new { ResourceArn = Pool.Arn.Replace("123456789012", "210987654321", StringComparison.Ordinal) });
}
