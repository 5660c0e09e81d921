namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class MfaTests : OperationTest
{
    [Fact]
    public async Task New_pool_has_multi_factor_authentication_off() =>
        Assert.Equal("""{"MfaConfiguration":"OFF"}""", (await CallAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId })).ToJsonString());

    [Fact]
    public async Task Settings_are_returned_and_appear_in_the_pool()
    {
        await CallAsync("SetUserPoolMfaConfig", new
        {
            UserPoolId = PoolId,
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = new { Enabled = true },
        });

        var read = await CallAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId });
        Assert.Equal("""{"SoftwareTokenMfaConfiguration":{"Enabled":true},"MfaConfiguration":"ON"}""", read.ToJsonString());
        Assert.Equal("ON", (await DescribePoolAsync())["MfaConfiguration"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task Mode_ON_without_a_factor_is_refused(bool? softwareToken)
    {
        var message = await AssertRefusedAsync(Invalid, "SetUserPoolMfaConfig", new
        {
            UserPoolId = PoolId,
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = softwareToken is null ? null : new { Enabled = softwareToken },
        });

        Assert.Contains("needs a factor", message, StringComparison.Ordinal);
        Assert.Equal("OFF", (await DescribePoolAsync())["MfaConfiguration"]!.GetValue<string>());
    }
}
