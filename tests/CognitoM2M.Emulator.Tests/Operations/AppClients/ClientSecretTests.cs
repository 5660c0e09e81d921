using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.AppClients;

public sealed class ClientSecretTests : ManagementTest
{
    private object Ids => new { UserPoolId = Pool.Id, Client.ClientId };

    [Fact]
    public async Task Made_up_secret_is_shown_once()
    {
        var added = (await DoAsync("AddUserPoolClientSecret", Ids))["ClientSecretDescriptor"]!;

        Assert.Equal("ClientSecretCreateDate ClientSecretId ClientSecretValue", MembersOf(added));
        Assert.Equal(Client.ClientSecrets[1], added["ClientSecretValue"]!.GetValue<string>());
        Assert.Matches($@"\A{Client.ClientId}--[0-9]+\z", added["ClientSecretId"]!.GetValue<string>());
        var listed = (await DoAsync("ListUserPoolClientSecrets", Ids))["ClientSecrets"]!.AsArray();
        Assert.Equal(2, listed.Count);
        Assert.All(listed, secret => Assert.Equal("ClientSecretCreateDate ClientSecretId", MembersOf(secret)));
        Assert.Distinct(listed.Select(secret => secret!["ClientSecretId"]!.GetValue<string>()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Chosen_secret_is_not_shown()
    {
        const string Chosen = "a_secret_of_24_chars_or+";

        var added = await DoAsync("AddUserPoolClientSecret", new { UserPoolId = Pool.Id, Client.ClientId, ClientSecret = Chosen });

        Assert.Equal("ClientSecretCreateDate ClientSecretId", MembersOf(added["ClientSecretDescriptor"]));
        Assert.Equal(Chosen, Client.ClientSecrets[1]);
    }

    [Fact]
    public async Task There_are_never_three_secrets()
    {
        await DoAsync("AddUserPoolClientSecret", Ids);

        await RefusedAsync(LimitExceeded, "AddUserPoolClientSecret", Ids);
    }

    [Fact]
    public async Task Secret_is_new_and_its_client_confidential()
    {
        await RefusedAsync(Invalid, "AddUserPoolClientSecret", new { UserPoolId = Pool.Id, Client.ClientId, Client.ClientSecret });

        var client = await DoAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "public" });
        var id = client["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await RefusedAsync(Invalid, "AddUserPoolClientSecret", new { UserPoolId = PoolId, ClientId = id });
    }

    [Fact]
    public async Task Rotation_leaves_the_new_secret_alone_and_no_description_shows_it()
    {
        var original = Client.ClientSecret;
        await DoAsync("AddUserPoolClientSecret", Ids);
        Assert.Equal(original, (await DescribedAsync())["ClientSecret"]!.GetValue<string>());
        var listed = (await DoAsync("ListUserPoolClientSecrets", Ids))["ClientSecrets"]!.AsArray();
        var ids = listed.Select(secret => secret!["ClientSecretId"]!.GetValue<string>()).ToList();

        Assert.Empty(await DoAsync("DeleteUserPoolClientSecret", With(ids[0])));

        Assert.NotEqual(original, Client.ClientSecret);
        Assert.False((await DescribedAsync()).ContainsKey("ClientSecret"));
        await RefusedAsync(Invalid, "DeleteUserPoolClientSecret", With(ids[1]));
        await RefusedAsync(NotFound, "DeleteUserPoolClientSecret", With(ids[0]));
        using var token = await PostTokenAsync();
        Assert.True(token.IsSuccessStatusCode);
    }

    private object With(string secretId) => new { UserPoolId = Pool.Id, Client.ClientId, ClientSecretId = secretId };

    private async Task<JsonObject> DescribedAsync() => (await DoAsync("DescribeUserPoolClient", Ids))["UserPoolClient"]!.AsObject();
}
