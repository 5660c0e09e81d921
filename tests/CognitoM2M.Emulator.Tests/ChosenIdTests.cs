using System.Text.Json;
using CognitoM2M.Emulator.Tests.Operations;

namespace CognitoM2M.Emulator.Tests;

/// <summary>Ids and secrets that the caller chooses, so that the settings of a service can be checked in.</summary>
public sealed class ChosenIdTests : OperationTest
{
    private const string Secret = "local_development_secret_1";

    [Fact]
    public async Task Pool_client_and_secret_that_are_chosen_in_csharp_get_tokens()
    {
        var pool = Cognito.CreateUserPool("acme", new EmulatedUserPoolOptions { Id = "eu-west-1_LocalDev1" });
        pool.CreateResourceServer("orders", "read");
        pool.CreateAppClient("billing", new EmulatedAppClientOptions { ClientId = "billing", ClientSecret = Secret, AllowedOAuthScopes = ["orders/read"] });

        using var response = await PostFormAsync($"grant_type=client_credentials&client_id=billing&client_secret={Secret}");
        var claims = JwtReader.ReadPayload((await ReadJsonAsync(response))["access_token"]!.GetValue<string>());

        Assert.Equal("eu-west-1_LocalDev1", pool.Id);
        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_LocalDev1", claims["iss"]!.GetValue<string>());
        Assert.Equal("billing", claims["client_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pool_client_and_secret_can_be_chosen_in_requests()
    {
        var pool = await CallAsync("CreateUserPool", new { PoolName = "acme", ChosenUserPoolId = "eu-west-1_LocalDev1" });
        var client = await CallAsync("CreateUserPoolClient", new
        {
            UserPoolId = "eu-west-1_LocalDev1",
            ClientName = "billing",
            ChosenClientId = "billing",
            ClientSecret = Secret,
        });

        Assert.Equal("eu-west-1_LocalDev1", pool["UserPool"]!["Id"]!.GetValue<string>());
        Assert.False(pool["UserPool"]!.AsObject().ContainsKey("ChosenUserPoolId"));
        Assert.Equal("billing", client["UserPoolClient"]!["ClientId"]!.GetValue<string>());
        Assert.Equal(Secret, client["UserPoolClient"]!["ClientSecret"]!.GetValue<string>());
        Assert.False(client["UserPoolClient"]!.AsObject().ContainsKey("ChosenClientId"));
    }

    [Theory]
    [InlineData("ireland_LocalDev1", "looks like eu-west-1_")]
    [InlineData("LocalDev1_x", "looks like eu-west-1_")]
    public async Task Pool_id_of_another_form_is_refused(string id, string reason)
    {
        var message = await AssertRefusedAsync(Invalid, "CreateUserPool", new { PoolName = "acme", ChosenUserPoolId = id });
        var error = Assert.Throws<ArgumentException>(() => Cognito.CreateUserPool("acme", new EmulatedUserPoolOptions { Id = id }));

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(["shop", "wired"], Cognito.UserPools.Select(pool => pool.Name));
    }

    [Fact]
    public async Task Ids_in_use_are_refused()
    {
        var pool = await AssertRefusedAsync(Invalid, "CreateUserPool", new { PoolName = "acme", ChosenUserPoolId = PoolId });
        var client = await AssertRefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "billing", ChosenClientId = Client.ClientId });

        Assert.Equal($"There is a user pool with the id '{PoolId}' already.", pool);
        Assert.Equal($"There is an app client with the id '{Client.ClientId}' already.", client);
    }

    [Fact]
    public async Task Client_id_with_a_wrong_character_is_refused()
    {
        var message = await AssertRefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "billing", ChosenClientId = "bill-ing" });

        Assert.Contains("'chosenClientId' failed to satisfy constraint", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_in_process_has_the_checks_of_a_request_and_is_not_counted()
    {
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.Drop());
        Cognito.JsonApiRequests.Reset();

        var created = await Cognito.CallAsync("CreateUserPool", JsonElement.Parse("""{ "PoolName": "acme" }"""));
        var refused = await Cognito.CallAsync("CreateUserPool", JsonElement.Parse("""{ "PoolName": "" }"""));
        var unknown = await Cognito.CallAsync("SignUp", JsonElement.Parse("{}"));
        var deleted = await Cognito.CallAsync(
            "DeleteUserPool", JsonElement.Parse($$"""{ "UserPoolId": "{{created.GetProperty("UserPool").GetProperty("Id")}}" }"""));

        Assert.Equal(Invalid, refused.GetProperty("__type").GetString());
        Assert.Contains("'poolName' failed to satisfy constraint", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("UnknownOperationException", unknown.GetProperty("__type").GetString());
        Assert.Equal("{}", deleted.GetRawText());
        Assert.Equal(0, Cognito.JsonApiRequests.Total);
    }
}
