using System.Diagnostics;
using System.Reflection;

namespace CognitoM2M.Emulator.Tests;

public sealed class EmulatedAppClientTests : EmulatorTest
{
    [Fact]
    public void Generated_id_and_secret_have_the_form_of_Cognito()
    {
        Assert.Matches(@"\A[0-9a-z]{26}\z", Client.ClientId);
        Assert.Matches(@"\A[0-9a-z]{51}\z", Client.ClientSecret);
    }

    [Fact]
    public void Caller_can_choose_id_and_secret()
    {
        var client = Pool.CreateAppClient("fixed", new EmulatedAppClientOptions
        {
            ClientId = "fixed+id",
            ClientSecret = "a_secret_of_24_chars_or+",
            AllowedOAuthScopes = ["orders/read"],
        });

        Assert.Equal("fixed+id", client.ClientId);
        Assert.Equal("a_secret_of_24_chars_or+", client.ClientSecret);
    }

    [Fact]
    public void Client_id_is_unique_across_pools()
    {
        var other = Cognito.CreateUserPool("other");
        other.CreateResourceServer("stock", "count");

        Assert.Throws<ArgumentException>(() => other.CreateAppClient(
            "copy", new EmulatedAppClientOptions { ClientId = Client.ClientId, AllowedOAuthScopes = ["stock/count"] }));
        Assert.Empty(other.AppClients);
    }

    [Fact]
    public void Settings_that_Cognito_refuses_throw()
    {
        string[] scopes = ["orders/read"];

        AssertRefused("AllowedOAuthScopes are required", new() { AllowedOAuthScopes = [] });
        AssertRefused("AllowedOAuthScopes are required", new() { AllowedOAuthScopes = scopes, AllowedOAuthFlows = [] });
        AssertRefused("Invalid scope requested: orders/delete", new() { AllowedOAuthScopes = ["orders/delete"] });
        AssertRefused("openid is not supported with client_credentials flow", new() { AllowedOAuthScopes = ["openid"] });
        AssertRefused("client does not have a client secret", new() { AllowedOAuthScopes = scopes, GenerateSecret = false });
        AssertRefused("along with code", new() { AllowedOAuthScopes = scopes, AllowedOAuthFlows = ["client_credentials", "code"] });
        AssertRefused("'password' is none of", new() { AllowedOAuthScopes = scopes, AllowedOAuthFlows = ["password"] });
        AssertRefused("'ALLOW_ALL' is none of", new() { AllowedOAuthScopes = scopes, ExplicitAuthFlows = ["ALLOW_ALL"] });
        AssertRefused("ClientId: Member must", new() { AllowedOAuthScopes = scopes, ClientId = "with space" });

        string[] flows = ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
        AssertRefused("must be the only flow", new() { AllowedOAuthScopes = scopes, ExplicitAuthFlows = flows });
    }

    [Fact]
    public void More_than_50_scopes_throw()
    {
        Pool.CreateResourceServer("many", [.. Enumerable.Range(0, 51).Select(i => $"{i}")]);

        Client.AllowedOAuthScopes = [.. Enumerable.Range(0, 50).Select(i => $"many/{i}")];

        Assert.Throws<ArgumentException>(() => Client.AllowedOAuthScopes = [.. Enumerable.Range(0, 51).Select(i => $"many/{i}")]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(86401)]
    public void Lifetime_out_of_range_or_with_a_fraction_of_a_second_throws(double seconds)
    {
        Assert.ThrowsAny<ArgumentException>(() => Client.AccessTokenValidity = TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Client_has_one_or_two_secrets()
    {
        var first = Client.ClientSecret!;
        Assert.Throws<InvalidOperationException>(() => Client.DeleteSecret(first));

        var second = Client.AddSecret();
        Assert.Equal([first, second], Client.ClientSecrets);
        Assert.Throws<InvalidOperationException>(() => Client.AddSecret());

        Client.DeleteSecret(first);
        Assert.Equal([second], Client.ClientSecrets);
        Assert.Throws<ArgumentException>(() => Client.DeleteSecret(first));
    }

    [Fact]
    public void Adding_a_malformed_or_existing_secret_throws()
    {
        Assert.Throws<ArgumentException>(() => Client.AddSecret("short"));
        Assert.Throws<ArgumentException>(() => Client.AddSecret(Client.ClientSecret));
        Assert.Single(Client.ClientSecrets);
    }

    [Fact]
    public void Public_client_has_no_secret_and_cannot_have_one()
    {
        var client = Pool.CreateAppClient("public", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
        });

        Assert.Null(client.ClientSecret);
        Assert.Empty(client.ClientSecrets);
        Assert.Throws<InvalidOperationException>(() => client.AddSecret());
        Assert.Throws<ArgumentException>(() => client.AllowedOAuthFlows = ["client_credentials"]);
    }

    [Fact]
    public void Secret_appears_neither_in_ToString_nor_in_errors()
    {
        const string Malformed = "not a secret";

        var error = Assert.Throws<ArgumentException>(() => Client.AddSecret(Malformed));

        Assert.DoesNotContain(Malformed, error.ToString(), StringComparison.Ordinal);
        Assert.Equal($"'reporting' ({Client.ClientId})", Client.ToString());
    }

    [Theory]
    [InlineData(typeof(EmulatedAppClient), nameof(EmulatedAppClient.ClientSecret))]
    [InlineData(typeof(EmulatedAppClient), nameof(EmulatedAppClient.ClientSecrets))]
    [InlineData(typeof(EmulatedAppClientOptions), nameof(EmulatedAppClientOptions.ClientSecret))]
    public void Debuggers_do_not_show_secrets(Type type, string property)
    {
        var attribute = type.GetProperty(property)!.GetCustomAttribute<DebuggerBrowsableAttribute>();

        Assert.Equal(DebuggerBrowsableState.Never, attribute?.State);
    }

    private void AssertRefused(string message, EmulatedAppClientOptions options)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Pool.CreateAppClient("refused", options));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
