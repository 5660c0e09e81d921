namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class MfaTests : ManagementTest
{
    [Fact]
    public async Task New_pool_has_none() =>
        Assert.Equal("""{"MfaConfiguration":"OFF"}""", (await DoAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId })).ToJsonString());

    [Fact]
    public async Task What_is_set_is_read_again_and_shown_by_the_pool()
    {
        await DoAsync("SetUserPoolMfaConfig", new
        {
            UserPoolId = PoolId,
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = new { Enabled = true },
        });

        var read = await DoAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId });
        Assert.Equal("""{"SoftwareTokenMfaConfiguration":{"Enabled":true},"MfaConfiguration":"ON"}""", read.ToJsonString());
        Assert.Equal("ON", (await DescribePoolAsync())["MfaConfiguration"]!.GetValue<string>());
    }
}
