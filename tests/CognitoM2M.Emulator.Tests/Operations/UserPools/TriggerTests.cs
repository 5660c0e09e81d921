namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

/// <summary>The trigger that is called before a token is issued, and the key of a user pool. The emulator stores both and uses neither.</summary>
public sealed class TriggerTests : OperationTest
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:claims";

    private static readonly object _trigger = new { PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V3_0" } };

    [Fact]
    public async Task Trigger_and_key_are_described_as_they_were_sent()
    {
        const string Key = "arn:aws:kms:eu-west-1:123456789012:key/one";
        await CallAsync("UpdateUserPool", new
        {
            UserPoolId = PoolId,
            LambdaConfig = _trigger,
            KeyConfiguration = new { KeyType = "CUSTOMER_MANAGED_KEY", KmsKeyArn = Key },
        });

        var pool = await DescribePoolAsync();

        Assert.Equal("V3_0", pool["LambdaConfig"]!["PreTokenGenerationConfig"]!["LambdaVersion"]!.GetValue<string>());
        Assert.Equal(Key, pool["KeyConfiguration"]!["KmsKeyArn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Older_name_of_the_trigger_must_have_the_same_function() => await AssertRefusedAsync(
        Invalid,
        "UpdateUserPool",
        new
        {
            UserPoolId = PoolId,
            LambdaConfig = new { PreTokenGeneration = $"{Function}2", PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V3_0" } },
        });

    [Fact]
    public async Task Version_3_is_not_available_in_the_tier_Lite() => await AssertRefusedAsync(
        "FeatureUnavailableInTierException", "UpdateUserPool", new { UserPoolId = PoolId, UserPoolTier = "LITE", LambdaConfig = _trigger });

    [Fact]
    public async Task Unknown_version_is_refused() => await AssertRefusedAsync(
        Invalid,
        "UpdateUserPool",
        new { UserPoolId = PoolId, LambdaConfig = new { PreTokenGenerationConfig = new { LambdaArn = Function, LambdaVersion = "V4_0" } } });

    [Fact]
    public async Task Key_of_the_customer_needs_its_ARN() => await AssertRefusedAsync(
        Invalid, "UpdateUserPool", new { UserPoolId = PoolId, KeyConfiguration = new { KeyType = "CUSTOMER_MANAGED_KEY" } });
}
