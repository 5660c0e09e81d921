namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class IssuerTests : ManagementTest
{
    [Fact]
    public async Task Pool_may_choose_the_updated_form_of_issuer()
    {
        var client = await CreateClientAsync();
        await DoAsync("UpdateUserPool", new { UserPoolId = PoolId, IssuerConfiguration = new { Type = "UPDATED" } });

        using var response = await PostTokenForAsync(client);

        var token = (await JsonOf(response))["access_token"]!.GetValue<string>();
        Assert.Equal($"https://issuer-cognito-idp.eu-west-1.amazonaws.com/{PoolId}", Jwt.Payload(token)["iss"]!.GetValue<string>());
    }

    [Fact]
    public async Task Choice_of_the_emulator_shows_in_the_description_of_a_pool()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Issuer = EmulatedIssuer.Updated });
        using var api = new Api(cognito);

        var pool = await api.DoAsync("DescribeUserPool", new { UserPoolId = cognito.CreateUserPool("shop").Id });

        Assert.Equal("UPDATED", pool["UserPool"]!["IssuerConfiguration"]!["Type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Loopback_issuer_is_not_for_a_pool_to_change()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Issuer = EmulatedIssuer.Loopback });
        using var api = new Api(cognito);

        await api.DoAsync("CreateUserPool", new { PoolName = "shop", IssuerConfiguration = new { Type = "UPDATED" } });

        var pool = Assert.Single(cognito.UserPools);
        Assert.Equal(new Uri(cognito.BaseAddress, pool.Id).AbsoluteUri, pool.Issuer);
    }
}
