namespace CognitoM2M.Emulator.Tests.Operations.UserPools;

public sealed class IssuerTests : OperationTest
{
    [Fact]
    public async Task Pool_setting_UPDATED_changes_the_issuer()
    {
        var client = await CreateClientAsync();
        await CallAsync("UpdateUserPool", new { UserPoolId = PoolId, IssuerConfiguration = new { Type = "UPDATED" } });

        using var response = await RequestTokenAsync(client);

        var token = (await ReadJsonAsync(response))["access_token"]!.GetValue<string>();
        Assert.Equal($"https://issuer-cognito-idp.eu-west-1.amazonaws.com/{PoolId}", JwtReader.ReadPayload(token)["iss"]!.GetValue<string>());
    }

    [Fact]
    public async Task Issuer_option_appears_in_the_description_of_a_pool()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Issuer = EmulatedIssuer.Updated });
        using var api = new EmulatorClient(cognito);

        var pool = await api.CallAsync("DescribeUserPool", new { UserPoolId = cognito.CreateUserPool("shop").Id });

        Assert.Equal("UPDATED", pool["UserPool"]!["IssuerConfiguration"]!["Type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pool_setting_does_not_change_a_loopback_issuer()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Issuer = EmulatedIssuer.Loopback });
        using var api = new EmulatorClient(cognito);

        await api.CallAsync("CreateUserPool", new { PoolName = "shop", IssuerConfiguration = new { Type = "UPDATED" } });

        var pool = Assert.Single(cognito.UserPools);
        Assert.Equal(new Uri(cognito.BaseAddress, pool.Id).AbsoluteUri, pool.Issuer);
    }
}
