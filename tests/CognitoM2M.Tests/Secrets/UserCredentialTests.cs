using CognitoM2M.Secrets;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Secrets;

/// <summary>A password and a client secret, each from its own place.</summary>
public sealed class UserCredentialTests
{
    [Theory]
    [InlineData(null, "password", null)]
    [InlineData("secret", "password", "secret")]
    public void Credential_is_split_into_password_and_client_secret(string? clientSecret, string password, string? expected) =>
        Assert.Equal((password, expected), UserCredential.Split(clientSecret is null ? password : $"{password}\n{clientSecret}"));

    [Theory]
    [InlineData("fixed", "none", false, true)]
    [InlineData("fixed", "fixed", false, true)]
    [InlineData("file", "none", true, false)]
    [InlineData("file", "fixed", true, false)]
    [InlineData("fixed", "file", true, false)]
    [InlineData("file", "file", true, false)]
    [InlineData("file", "source", false, false)]
    [InlineData("source", "none", false, false)]
    public void Credential_is_looked_at_every_second_only_if_no_source_of_the_user_is_asked(string password, string clientSecret, bool isCheap, bool isFixed)
    {
        var credential = Secret.Create("orders", CreateOptions(password, clientSecret), former: null);

        Assert.Equal((isCheap, isFixed), (credential.IsCheap, credential.IsFixed));
    }

    [Fact]
    public void Identity_differs_for_each_combination_of_password_and_client_secret()
    {
        string[] identities =
        [
            .. new[] { ("fixed", "none"), ("fixed", "fixed"), ("file", "none"), ("file", "fixed"), ("fixed", "file") }
                .Select(parts => Secret.Create("orders", CreateOptions(parts.Item1, parts.Item2), former: null).Identity),
        ];

        Assert.Equal(identities.Length, identities.Distinct().Count());
        Assert.All(identities, identity => Assert.DoesNotContain(StubbedUser.Password, identity, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Password_source_that_asks_for_the_token_of_its_own_client_fails_at_once()
    {
        StubbedUser? user = null;
        await using var created = user = new StubbedUser(options =>
        {
            options.Password = null;
            options.ClientSecret = "secret";
            options.PasswordSource = CognitoSecretSource.From(async (_, _) => await user!.GetTokenAsync());
        });

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => user.GetTokenAsync());

        Assert.Equal((CognitoTokenErrors.SecretUnavailable, false), (failure.Error, failure.IsTransient));
        Assert.Contains("RemoveCognitoM2MToken()", failure.Hint, StringComparison.Ordinal);
        Assert.Empty(user.Requests);
    }

    [Theory]
    [InlineData("", "The source of the password returned an empty text.")]
    [InlineData(" password", "The source of the password returned a text that has a line break or another control character, or begins or ends with a space.")]
    [InlineData("   ", "The source of the password returned a text that has a line break or another control character, or begins or ends with a space.")]
    [InlineData("marker*257", "The source of the password returned a text that is longer than 256 characters. Copy the password and nothing else.")]
    public async Task Text_that_is_not_a_password_is_an_error_that_says_why_and_does_not_show_the_text(string given, string expected)
    {
        if (given.EndsWith("*257", StringComparison.Ordinal))
            given = given.PadRight(257, 'x');
        await using var user = new StubbedUser(options =>
        {
            options.Password = null;
            options.PasswordSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(given));
        });

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => user.GetTokenAsync());

        Assert.StartsWith(expected, failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(user.Requests);
    }

    private static CognitoM2MClientOptions CreateOptions(string password, string clientSecret)
    {
        var source = CognitoSecretSource.From((_, _) => new ValueTask<string>("given"));
        var options = new CognitoM2MClientOptions { Region = "eu-west-1", ClientId = "abc123" };
        StubbedUser.UseUser(options);
        options.Password = password == "fixed" ? StubbedUser.Password : null;
        options.PasswordFile = password == "file" ? "/run/secrets/password" : null;
        options.PasswordSource = password == "source" ? source : null;
        options.ClientSecret = clientSecret == "fixed" ? "secret" : null;
        options.ClientSecretFile = clientSecret == "file" ? "/run/secrets/client" : null;
        options.ClientSecretSource = clientSecret == "source" ? source : null;
        return options;
    }
}
