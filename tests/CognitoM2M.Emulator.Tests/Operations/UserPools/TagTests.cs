namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class TagTests : ManagementTest
{
    [Fact]
    public async Task Tags_are_added_replaced_and_removed()
    {
        Assert.Empty(await DoAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1", b = "2" } }));
        await DoAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { b = "3", c = "" } });
        Assert.Empty(await DoAsync("UntagResource", new { ResourceArn = Pool.Arn, TagKeys = new[] { "a", "never-there" } }));

        var listed = await DoAsync("ListTagsForResource", new { ResourceArn = Pool.Arn });
        Assert.Equal("""{"Tags":{"b":"3","c":""}}""", listed.ToJsonString());
        var pool = (await DoAsync("DescribeUserPool", new { UserPoolId = Pool.Id }))["UserPool"]!;
        Assert.Equal("""{"b":"3","c":""}""", pool["UserPoolTags"]!.ToJsonString());
    }

    [Fact]
    public async Task Tagging_resets_no_other_setting()
    {
        await DoAsync("UpdateUserPool", new { UserPoolId = Pool.Id, DeletionProtection = "ACTIVE" });

        await DoAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = new { a = "1" } });

        var pool = (await DoAsync("DescribeUserPool", new { UserPoolId = Pool.Id }))["UserPool"]!;
        Assert.Equal("ACTIVE", pool["DeletionProtection"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pool_has_at_most_50_tags_and_none_of_AWS_itself()
    {
        var fifty = Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", i => "v", StringComparer.Ordinal);
        await DoAsync("TagResource", new { ResourceArn = Pool.Arn, Tags = fifty });

        await RefusedAsync(Invalid, "TagResource", new { ResourceArn = Pool.Arn, Tags = new { more = "v" } });
        var reserved = new Dictionary<string, string>(StringComparer.Ordinal) { ["aws:a"] = "v" };
        await RefusedAsync(Invalid, "TagResource", new { ResourceArn = Pool.Arn, Tags = reserved });
        fifty["more"] = "v";
        await RefusedAsync("UserPoolTaggingException", "CreateUserPool", new { PoolName = "p", UserPoolTags = fifty });
    }

    [Theory]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_nowhere", NotFound)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:queue", Invalid)]
    [InlineData("no arn", Invalid)]
    public async Task Arn_has_to_be_that_of_a_pool(string arn, string error) =>
        await RefusedAsync(error, "ListTagsForResource", new { ResourceArn = arn });

    [Fact]
    public async Task Pool_of_another_account_is_not_found() => await RefusedAsync(
        NotFound, "ListTagsForResource", new { ResourceArn = Pool.Arn.Replace("123456789012", "210987654321", StringComparison.Ordinal) });
}
