using CognitoM2M.Settings;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Settings;

/// <summary>Which requests share a token, and what settings follow from the options.</summary>
public sealed class TokenEntryKeyTests
{
    private static readonly TokenEntryKey _key = Create().CreateKey(null);

    [Theory]
    [InlineData("route", false)]
    [InlineData("endpoint", false)]
    [InlineData("client id", false)]
    [InlineData("user", false)]
    [InlineData("kind of token", false)]
    [InlineData("scopes", false)]
    [InlineData("metadata", false)]
    [InlineData("secret", true)]
    [InlineData("authentication", true)]
    public void Token_is_kept_for_changed_settings_that_ask_for_the_same_token(string changed, bool expected)
    {
        var key = changed switch
        {
            "route" => _key with { Route = CognitoTokenRoute.GetClientToken },
            "endpoint" => _key with { Endpoint = "https://elsewhere.example/" },
            "client id" => _key with { ClientId = "other" },
            "user" => _key with { Username = "jobs" },
            "kind of token" => _key with { TokenKind = CognitoTokenKind.Id },
            "scopes" => _key with { Scopes = "orders/write" },
            "metadata" => _key with { Metadata = "{}" },
            "secret" => _key with { SecretIdentity = "other" },
            _ => _key with { Authentication = CognitoClientAuthentication.ClientSecretPost },
        };

        Assert.NotEqual(_key, key);
        Assert.Equal(expected, _key.AsksForSameToken(key));
    }

    [Fact]
    public void Text_of_a_key_names_client_and_scopes_or_user()
    {
        Assert.Equal($"abc123 at {StubbedService.TokenEndpoint} for [orders/read]", _key.ToString());
        Assert.Equal($"abc123 at {StubbedService.TokenEndpoint} for user jobs", (_key with { Username = "jobs" }).ToString());
    }

    [Fact]
    public void Empty_texts_count_as_not_set()
    {
        var settings = Create(options => (options.Region, options.Username) = ("", ""));

        Assert.Null(settings.Region);
        Assert.Null(settings.Username);
        Assert.Equal(_key, settings.CreateKey(null));
    }

    [Fact]
    public void Request_has_the_key_of_its_scopes_and_metadata()
    {
        var request = new CognitoTokenRequest { Scopes = ["orders/write"], ClientMetadata = new Dictionary<string, string> { ["tenant"] = "7" } };

        var key = Create().CreateKey(request);

        Assert.Equal(("orders/write", """{"tenant":"7"}"""), (key.Scopes, key.Metadata));
    }

    [Fact]
    public void Usual_request_gets_the_scopes_of_changed_settings_and_other_requests_keep_theirs()
    {
        var former = Create();
        var settings = Create(options => options.Scopes = ["orders/audit"]);

        Assert.Equal("orders/audit", settings.CreateKeyLike(former.CreateKey(null), former).Scopes);
        Assert.Equal("orders/write", settings.CreateKeyLike(former.CreateKey(new CognitoTokenRequest { Scopes = ["orders/write"] }), former).Scopes);
    }

    [Fact]
    public void Sign_in_of_a_user_costs_nothing()
    {
        Assert.Equal(0, FetchLimits.Create(new CognitoM2MClientOptions { Route = CognitoTokenRoute.UserPassword, UsdPerTokenRequest = 0.5 }).UsdPerTokenRequest);
        Assert.Equal(0.5, FetchLimits.Create(new CognitoM2MClientOptions { UsdPerTokenRequest = 0.5 }).UsdPerTokenRequest);
    }

    private static AppClientSettings Create(Action<CognitoM2MClientOptions>? change = null)
    {
        var options = new CognitoM2MClientOptions
        {
            TokenEndpoint = new Uri(StubbedService.TokenEndpoint),
            ClientId = "abc123",
            ClientSecret = StubbedService.Secret,
            Scopes = ["orders/read"],
        };
        change?.Invoke(options);
        return new AppClientSettings("orders", options);
    }
}
