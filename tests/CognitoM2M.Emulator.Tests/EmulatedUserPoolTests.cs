namespace CognitoM2M.Emulator.Tests;

public sealed class EmulatedUserPoolTests : EmulatorTest
{
    [Fact]
    public void Generated_id_has_the_form_of_Cognito()
    {
        Assert.Matches(@"\Aeu-west-1_[0-9A-Za-z]{9}\z", Pool.Id);
        Assert.Equal(new Uri(Cognito.BaseAddress, $"{Pool.Id}/.well-known/jwks.json"), Pool.JwksUri);
        Assert.Equal($"'shop' ({Pool.Id})", Pool.ToString());
    }

    [Fact]
    public void Two_pools_can_have_the_same_name()
    {
        var second = Cognito.CreateUserPool("shop");

        Assert.NotEqual(Pool.Id, second.Id, StringComparer.Ordinal);
        Assert.Equal([Pool, second], Cognito.UserPools);
    }

    [Theory]
    [InlineData("")]
    [InlineData("shöp")]
    [InlineData("shop/two")]
    public void Malformed_name_throws(string name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Cognito.CreateUserPool(name));
        Assert.ThrowsAny<ArgumentException>(() => Pool.CreateAppClient(name, "orders/read"));
        Assert.ThrowsAny<ArgumentException>(() => Cognito.CreateUserPool(new string('x', 129)));
    }

    [Fact]
    public async Task Resource_server_identifier_can_be_a_URL()
    {
        Pool.CreateResourceServer("https://api.example.com/v1", "read");
        Client.AllowedOAuthScopes = ["https://api.example.com/v1/read"];

        Assert.Equal("https://api.example.com/v1/read", await GetGrantedScopesAsync());
    }

    [Theory]
    [InlineData("", "read")]
    [InlineData("my orders", "read")]
    [InlineData("my\"orders", "read")]
    [InlineData("other", "")]
    [InlineData("other", "read/all")]
    [InlineData("other", "all reads")]
    [InlineData("orders", "read")]
    public void Malformed_names_and_a_duplicate_identifier_throw(string identifier, string scopeName)
    {
        Assert.ThrowsAny<ArgumentException>(() => Pool.CreateResourceServer(identifier, scopeName));
    }

    [Fact]
    public void Too_many_duplicate_and_too_long_scopes_throw()
    {
        string[] hundred = [.. Enumerable.Range(0, 100).Select(i => $"scope{i}")];
        Pool.CreateResourceServer("full", hundred);

        Assert.Throws<InvalidOperationException>(() => Pool.CreateResourceServer("fuller", [.. hundred, "more"]));
        Assert.Throws<InvalidOperationException>(() => Pool.AddScope("full", "more"));
        Assert.Throws<ArgumentException>(() => Pool.CreateResourceServer("twice", "read", "read"));
        Assert.Throws<ArgumentException>(() => Pool.CreateResourceServer(new string('x', 250), "scope1"));
    }

    [Fact]
    public void Adding_an_existing_scope_and_deleting_an_unknown_scope_throw()
    {
        Assert.Throws<ArgumentException>(() => Pool.AddScope("orders", "read"));
        Assert.Throws<ArgumentException>(() => Pool.AddScope("nothing", "read"));
        Assert.Throws<ArgumentException>(() => Pool.DeleteScope("orders", "delete"));
        Assert.Throws<ArgumentException>(() => Pool.DeleteScope("nothing", "read"));
    }

    [Fact]
    public void Deleting_a_client_of_another_pool_throws()
    {
        var other = Cognito.CreateUserPool("other");

        Assert.Throws<ArgumentException>(() => other.DeleteAppClient(Client.ClientId));
        Assert.Equal([Client], Pool.AppClients);
    }
}
