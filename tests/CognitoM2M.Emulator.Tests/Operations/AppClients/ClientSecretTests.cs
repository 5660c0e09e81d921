using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class ClientSecretTests : OperationTest
{
    private object Ids => new { UserPoolId = Pool.Id, Client.ClientId };

    [Fact]
    public async Task Secret_is_generated_or_chosen_but_not_both()
    {
        const string Chosen = "a_secret_of_24_chars_or+";

        var client = await CallAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ClientSecret = Chosen });

        Assert.Equal(Chosen, client["UserPoolClient"]!["ClientSecret"]!.GetValue<string>());
        await AssertRefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ClientSecret = Chosen, GenerateSecret = true });
    }

    [Fact]
    public async Task Error_for_a_malformed_secret_does_not_show_the_secret()
    {
        const string Malformed = "not a secret";

        var message = await AssertRefusedAsync(
            Invalid, "CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "c", ClientSecret = Malformed });

        Assert.Contains("Value at 'clientSecret' failed to satisfy constraint", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Malformed, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_secret_is_shown_only_when_it_is_added()
    {
        var added = (await CallAsync("AddUserPoolClientSecret", Ids))["ClientSecretDescriptor"]!;

        Assert.Equal("ClientSecretCreateDate ClientSecretId ClientSecretValue", ListMembers(added));
        Assert.Equal(Client.ClientSecrets[1], added["ClientSecretValue"]!.GetValue<string>());
        Assert.Matches($@"\A{Client.ClientId}--[0-9]+\z", added["ClientSecretId"]!.GetValue<string>());
        var listed = (await CallAsync("ListUserPoolClientSecrets", Ids))["ClientSecrets"]!.AsArray();
        Assert.Equal(2, listed.Count);
        Assert.All(listed, secret => Assert.Equal("ClientSecretCreateDate ClientSecretId", ListMembers(secret)));
        Assert.Distinct(listed.Select(secret => secret!["ClientSecretId"]!.GetValue<string>()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Chosen_secret_is_not_shown()
    {
        const string Chosen = "a_secret_of_24_chars_or+";

        var added = await CallAsync("AddUserPoolClientSecret", new { UserPoolId = Pool.Id, Client.ClientId, ClientSecret = Chosen });

        Assert.Equal("ClientSecretCreateDate ClientSecretId", ListMembers(added["ClientSecretDescriptor"]));
        Assert.Equal(Chosen, Client.ClientSecrets[1]);
    }

    [Fact]
    public async Task Third_secret_is_refused()
    {
        await CallAsync("AddUserPoolClientSecret", Ids);

        await AssertRefusedAsync(LimitExceeded, "AddUserPoolClientSecret", Ids);
    }

    [Fact]
    public async Task Secret_is_refused_if_the_client_has_it_already_or_is_public()
    {
        await AssertRefusedAsync(Invalid, "AddUserPoolClientSecret", new { UserPoolId = Pool.Id, Client.ClientId, Client.ClientSecret });

        var client = await CallAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "public" });
        var id = client["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await AssertRefusedAsync(Invalid, "AddUserPoolClientSecret", new { UserPoolId = PoolId, ClientId = id });
    }

    [Fact]
    public async Task Rotated_secret_gets_tokens_and_appears_in_no_description()
    {
        var original = Client.ClientSecret;
        await CallAsync("AddUserPoolClientSecret", Ids);
        Assert.Equal(original, (await DescribedAsync())["ClientSecret"]!.GetValue<string>());
        var listed = (await CallAsync("ListUserPoolClientSecrets", Ids))["ClientSecrets"]!.AsArray();
        var ids = listed.Select(secret => secret!["ClientSecretId"]!.GetValue<string>()).ToList();

        Assert.Empty(await CallAsync("DeleteUserPoolClientSecret", With(ids[0])));

        Assert.NotEqual(original, Client.ClientSecret);
        Assert.False((await DescribedAsync()).ContainsKey("ClientSecret"));
        await AssertRefusedAsync(Invalid, "DeleteUserPoolClientSecret", With(ids[1]));
        await AssertRefusedAsync(NotFound, "DeleteUserPoolClientSecret", With(ids[0]));
        using var token = await PostTokenAsync();
        Assert.True(token.IsSuccessStatusCode);
    }

    private object With(string secretId) => new { UserPoolId = Pool.Id, Client.ClientId, ClientSecretId = secretId };

    private async Task<JsonObject> DescribedAsync() => (await CallAsync("DescribeUserPoolClient", Ids))["UserPoolClient"]!.AsObject();
}
