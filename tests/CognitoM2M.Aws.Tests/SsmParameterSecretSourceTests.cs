namespace CognitoM2M.Aws.Tests;

public sealed class SsmParameterSecretSourceTests : IAsyncLifetime
{
    private const string Name = "/acme/orders";

    private FakeParameterStore _store = null!;

    public async Task InitializeAsync() => _store = await FakeParameterStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData("one+secret", "one+secret")]
    [InlineData("one+secret\n", "one+secret")]
    [InlineData("""{"ClientId":"abc","ClientSecret":"one+secret","ClientSecretId":"abc--1"}""", "one+secret")]
    [InlineData(""" { "clientSecret": "one" } """, "one")]
    public async Task Secret_is_the_value_or_a_member_of_it(string value, string expected)
    {
        _store.Parameters[Name] = ("SecureString", value);

        Assert.Equal(expected, await ReadAsync());
        Assert.Equal(["GetParameter /acme/orders"], _store.Calls);
    }

    [Theory]
    [InlineData("String", "one", "is not of type SecureString")]
    [InlineData("SecureString", " ", "is empty")]
    [InlineData("SecureString", "{ marker", "begins like a JSON object and is not a JSON object. Write a secret that begins with { as a JSON object with a member ClientSecret.")]
    [InlineData("SecureString", """{"Secret":"marker"}""", "has no member ClientSecret")]
    [InlineData("SecureString", """{"ClientSecret":"","Secret":"marker"}""", "has no member ClientSecret")]
    public async Task Value_without_a_secret_is_an_error_that_does_not_quote_it(string type, string value, string expected)
    {
        _store.Parameters[Name] = (type, value);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(ReadAsync);

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_parameter_is_named()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(ReadAsync);

        Assert.Equal("The parameter '/acme/orders' does not exist in this account and region. Check the name and the region.", failure.Message);
    }

    [Fact]
    public async Task Missing_permission_is_named()
    {
        _store.Refusal = ("AccessDeniedException", "No.");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(ReadAsync);

        Assert.Contains("Allow ssm:GetParameter on it, and kms:Decrypt on its key.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_answer_is_not_quoted()
    {
        _store.ForeignAnswer = "{\"Parameter\":{\"Value\":\"marker\"";

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(ReadAsync);

        Assert.Contains("could not be read", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_take_the_secret_from_the_parameter_and_from_nowhere_else()
    {
        _store.Parameters["/aws/reference/secretsmanager/orders"] = ("SecureString", "one");
        var options = new CognitoM2MClientOptions { ClientSecret = "two", ClientSecretFile = "three" };

        options.UseParameterStore("/aws/reference/secretsmanager/orders", _store.CreateClient());

        Assert.Equal("one", await options.ClientSecretSource!.GetSecretAsync("orders", default));
        Assert.Equal((null, null), (options.ClientSecret, options.ClientSecretFile));
    }

    [Theory]
    [InlineData("correct horse", "correct horse")]
    [InlineData("""{"Username":"robot","Password":"one","ClientSecret":"two"}""", "one")]
    public async Task Options_take_the_password_from_the_parameter_and_from_nowhere_else(string value, string expected)
    {
        _store.Parameters["/acme/robot"] = ("SecureString", value);
        var options = new CognitoM2MClientOptions { Password = "two", PasswordFile = "three", ClientSecret = "four" };

        options.UseParameterStoreForPassword("/acme/robot", _store.CreateClient());

        Assert.Equal(expected, await options.PasswordSource!.GetSecretAsync("orders", default));
        Assert.Equal((null, null, null, "four"), (options.Password, options.PasswordFile, options.ClientSecretSource, options.ClientSecret));
    }

    [Fact]
    public async Task Missing_member_of_a_password_is_named()
    {
        _store.Parameters[Name] = ("SecureString", """{"ClientSecret":"marker"}""");

        var source = new SsmParameterSecretSource(_store.CreateClient(), Name) { MemberName = "Password" };
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.GetSecretAsync("orders", default));

        Assert.Contains("has no member Password", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync() => await new SsmParameterSecretSource(_store.CreateClient(), Name).GetSecretAsync("orders", default);
}
