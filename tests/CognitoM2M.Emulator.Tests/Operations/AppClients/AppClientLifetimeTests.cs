using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class AppClientLifetimeTests : OperationTest
{
    [Theory]
    [InlineData(10, "minutes", 600)]
    [InlineData(300, "seconds", 300)]
    [InlineData(1, "days", 86400)]
    [InlineData(2, null, 7200)]
    public async Task Token_has_the_lifetime_of_the_client_settings(int amount, string? unit, int seconds)
    {
        var client = await CreateClientAsync();
        var input = client.DeepClone().AsObject();
        input["AccessTokenValidity"] = amount;
        input["TokenValidityUnits"] = new JsonObject { ["AccessToken"] = unit };
        await CallAsync("UpdateUserPoolClient", input);

        using var token = await RequestTokenAsync(client);

        Assert.Equal(seconds, (await ReadJsonAsync(token))["expires_in"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("AccessToken", 25, null)]
    [InlineData("AccessToken", 4, "minutes")]
    [InlineData("AccessToken", 2, "days")]
    [InlineData("IdToken", 299, "seconds")]
    [InlineData("RefreshToken", 59, "minutes")]
    [InlineData("RefreshToken", 3651, null)]
    [InlineData("RefreshToken", 315360000, "days")]
    public async Task Lifetime_out_of_range_is_refused(string token, int amount, string? unit)
    {
        var input = new JsonObject
        {
            ["UserPoolId"] = PoolId,
            ["ClientName"] = "range",
            [$"{token}Validity"] = amount,
            ["TokenValidityUnits"] = new JsonObject { [token] = unit },
        };

        Assert.Equal("Invalid range for token validity.", await AssertRefusedAsync(Invalid, "CreateUserPoolClient", input));
    }
}
