namespace CognitoM2M.Emulator.Tests;

public sealed class EmulatedUserPoolTests : EmulatorTest
{
    [Fact]
    public void Ids_look_like_those_of_Cognito()
    {
        Assert.Matches(@"\Aeu-west-1_[0-9A-Za-z]{9}\z", Pool.Id);
        Assert.Equal(new Uri(Cognito.BaseAddress, $"{Pool.Id}/.well-known/jwks.json"), Pool.JwksUri);
        Assert.Equal($"'shop' ({Pool.Id})", Pool.ToString());
    }

    [Fact]
    public void Pools_may_have_the_same_name()
    {
        var second = Cognito.CreateUserPool("shop");

        Assert.NotEqual(Pool.Id, second.Id, StringComparer.Ordinal);
        Assert.Equal([Pool, second], Cognito.UserPools);
    }

    [Theory]
    [InlineData("")]
    [InlineData("shöp")]
    [InlineData("shop/two")]
    public void Name_of_another_shape_is_refused(string name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Cognito.CreateUserPool(name));
        Assert.ThrowsAny<ArgumentException>(() => Pool.CreateAppClient(name, "orders/read"));
        Assert.ThrowsAny<ArgumentException>(() => Cognito.CreateUserPool(new string('x', 129)));
    }

    [Fact]
    public async Task Identifier_may_be_a_URL()
    {
        Pool.CreateResourceServer("https://api.example.com/v1", "read");
        Client.AllowedOAuthScopes = ["https://api.example.com/v1/read"];

        Assert.Equal("https://api.example.com/v1/read", await GrantedScopesAsync());
    }

    [Theory]
    [InlineData("", "read")]
    [InlineData("my orders", "read")]
    [InlineData("my\"orders", "read")]
    [InlineData("other", "")]
    [InlineData("other", "read/all")]
    [InlineData("other", "all reads")]
    [InlineData("orders", "read")]
    public void Resource_server_of_another_shape_or_a_taken_identifier_is_refused(string identifier, string scopeName)
    {
        Assert.ThrowsAny<ArgumentException>(() => Pool.CreateResourceServer(identifier, scopeName));
    }

    [Fact]
    public void Resource_server_has_at_most_100_scopes_each_once_and_no_longer_than_256_with_its_identifier()
    {
        string[] hundred = [.. Enumerable.Range(0, 100).Select(i => $"scope{i}")];
        Pool.CreateResourceServer("full", hundred);

        Assert.Throws<InvalidOperationException>(() => Pool.CreateResourceServer("fuller", [.. hundred, "more"]));
        Assert.Throws<InvalidOperationException>(() => Pool.AddScope("full", "more"));
        Assert.Throws<ArgumentException>(() => Pool.CreateResourceServer("twice", "read", "read"));
        Assert.Throws<ArgumentException>(() => Pool.CreateResourceServer(new string('x', 250), "scope1"));
    }

    [Fact]
    public void Scope_is_added_and_deleted_only_where_that_makes_sense()
    {
        Assert.Throws<ArgumentException>(() => Pool.AddScope("orders", "read"));
        Assert.Throws<ArgumentException>(() => Pool.AddScope("nothing", "read"));
        Assert.Throws<ArgumentException>(() => Pool.DeleteScope("orders", "delete"));
        Assert.Throws<ArgumentException>(() => Pool.DeleteScope("nothing", "read"));
    }

    [Fact]
    public void Client_is_deleted_only_from_its_own_pool()
    {
        var other = Cognito.CreateUserPool("other");

        Assert.Throws<ArgumentException>(() => other.DeleteAppClient(Client.ClientId));
        Assert.Equal([Client], Pool.AppClients);
    }
}
