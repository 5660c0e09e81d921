namespace CognitoM2M.Emulator.Tests;

public sealed class PartitionTests
{
    [Theory]
    [InlineData("mx-central-1", "aws", "amazonaws.com")]
    [InlineData("us-gov-west-1", "aws-us-gov", "amazonaws.com")]
    [InlineData("cn-north-1", "aws-cn", "amazonaws.com.cn")]
    [InlineData("eusc-de-east-1", "aws-eusc", "amazonaws.eu")]
    [InlineData("us-iso-east-1", "aws-iso", "c2s.ic.gov")]
    [InlineData("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov")]
    [InlineData("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk")]
    public async Task Pool_and_token_belong_to_the_partition_of_the_region(string region, string partition, string dnsSuffix)
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Region = region });
        using var api = new EmulatorClient(cognito);

        var created = (await api.CallAsync("CreateUserPool", new { PoolName = "shop" }))["UserPool"]!;
        var pool = Assert.Single(cognito.UserPools);
        pool.CreateResourceServer("orders", "read");
        var client = pool.CreateAppClient("reporting", "orders/read");
        var token = JwtReader.ReadPayload(await api.GetTokenAsync(client.ClientId, client.ClientSecret!));

        Assert.StartsWith($"{region}_", pool.Id, StringComparison.Ordinal);
        Assert.Equal($"arn:{partition}:cognito-idp:{region}:123456789012:userpool/{pool.Id}", pool.Arn);
        Assert.Equal(pool.Arn, created["Arn"]!.GetValue<string>());
        Assert.Equal($"https://cognito-idp.{region}.{dnsSuffix}/{pool.Id}", token["iss"]!.GetValue<string>());
        Assert.Empty((await api.CallAsync("ListTagsForResource", new { ResourceArn = pool.Arn }))["Tags"]!.AsObject());
    }

    [Fact]
    public async Task Updated_issuer_has_the_host_suffix_of_the_partition()
    {
        var options = new CognitoEmulatorOptions { Region = "cn-north-1", Issuer = EmulatedIssuer.Updated };
        await using var cognito = await CognitoEmulator.StartAsync(options);

        var pool = cognito.CreateUserPool("shop");

        Assert.Equal($"https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/{pool.Id}", pool.Issuer);
    }
}
