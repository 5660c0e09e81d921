namespace CognitoM2M.Emulator.Tests.HostedLogin;

/// <summary>The form for a new password asks for the attributes that the pool requires and the user does not have.</summary>
public sealed class RequiredAttributeTests : HostedLoginTest
{
    [Fact]
    public async Task Form_for_a_new_password_asks_for_missing_attributes()
    {
        var pool = Cognito.CreateUserPool("strict", new EmulatedUserPoolOptions { RequiredAttributes = ["given_name", "email"] });
        var bob = pool.CreateUser("bob", new EmulatedUserOptions
        {
            Password = Password,
            MustChangePassword = true,
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "bob@example.com" },
        });
        var web = pool.CreateAppClient("strict", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"],
            AllowedOAuthFlows = ["code"],
            AllowedOAuthScopes = ["openid"],
            CallbackUrls = ["http://localhost:3000/"],
        });
        var start = await Browser.GetAsync($"/oauth2/authorize?response_type=code&client_id={web.ClientId}&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F&scope=openid");
        var form = await Browser.GetAsync(start.Location!);

        var change = await Browser.PostAsync(form, ("username", "bob"), ("password", Password));
        Assert.Contains("<label for=\"userAttributes.given_name\">given_name</label>", change.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("userAttributes.email", change.Content, StringComparison.Ordinal);
        var missing = await Browser.PostAsync(change, ("new_password", "Another1!"));
        Assert.Contains("Invalid attributes given, given_name is missing", missing.Content, StringComparison.Ordinal);
        var weak = await Browser.PostAsync(missing, ("new_password", "weak"), ("userAttributes.given_name", "B<ob"));
        Assert.Contains("value=\"B&lt;ob\"", weak.Content, StringComparison.Ordinal);
        var done = await Browser.PostAsync(weak, ("new_password", "Another1!"), ("userAttributes.given_name", "Bob"), ("userAttributes.email", "evil@example.com"));

        Assert.Equal(302, done.StatusCode);
        Assert.Equal("Bob", bob.Attributes["given_name"]);
        Assert.Equal("bob@example.com", bob.Attributes["email"]);
        Assert.False(bob.MustChangePassword);
    }
}
