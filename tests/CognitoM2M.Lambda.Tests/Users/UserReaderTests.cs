using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Lambda.Tests.Users;

/// <summary>Claims that API Gateway verified become a user.</summary>
public sealed class UserReaderTests
{
    private static readonly ApiGatewayUserReader _reader = new(new ApiGatewayUserOptions { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId] });

    private const string Issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";

    public static TheoryData<string> Tokens => ["user-http-2.0-jwt", "user-http-1.0-jwt", "user-rest-cognito"];

    public static TheoryData<string> All => [.. Tokens, "user-http-2.0-lambda", "user-http-1.0-lambda", "user-rest-lambda"];

    [Theory]
    [MemberData(nameof(All))]
    public void App_client_is_the_name_and_every_scope_is_a_claim(string name)
    {
        var user = _reader.FindInEvent(GatewayEvent.ReadBytes(name))!;

        Assert.Equal(TestToken.ClientId, user.Identity!.Name);
        Assert.True(user.Identity.IsAuthenticated);
        Assert.Equal("CognitoM2M", user.Identity.AuthenticationType);
        Assert.Equal(["orders/read", "orders/write"], user.FindAll("scope").Select(claim => claim.Value));
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Claims_keep_their_names(string name)
    {
        var user = _reader.FindInEvent(GatewayEvent.ReadBytes(name))!;

        Assert.Equal("access", user.FindFirst("token_use")!.Value);
        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123", user.FindFirst("iss")!.Value);
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Claims_of_an_ID_token_make_no_user_because_a_JWT_authorizer_accepts_ID_tokens(string name)
    {
        foreach (var use in (string?[])["id", "Access", "", null])
            Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims["token_use"] = use)));

        Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims.Remove("token_use"))));
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Claims_of_another_app_client_make_no_user(string name)
    {
        foreach (var client in (string?[])["other", "", null])
            Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims["client_id"] = client)));

        Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims.Remove("client_id"))));
        Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims["client_id"] = new JsonArray(TestToken.ClientId, "other"))));
    }

    [Fact]
    public void Claims_of_any_app_client_make_a_user_if_the_options_allow_it()
    {
        var reader = new ApiGatewayUserReader(new ApiGatewayUserOptions { UserPoolId = TestToken.PoolId, AllowAnyClient = true, AuthenticationType = "Gateway" });

        var user = reader.FindInEvent(ChangeClaims("user-rest-cognito", claims => claims["client_id"] = "other"))!;

        Assert.Equal("other", user.Identity!.Name);
        Assert.Equal("Gateway", user.Identity.AuthenticationType);
    }

    [Fact]
    public void Claim_that_imitates_another_is_left_out()
    {
        var user = _reader.FindInEvent(ChangeClaims("user-http-2.0-jwt", claims =>
        {
            claims["Scope"] = "orders/admin";
            claims["CLIENT_ID"] = "admin";
            claims["Cognito:Groups"] = "admins";
            claims["tenant"] = "acme";
        }))!;

        Assert.False(user.HasClaim("scope", "orders/admin"));
        Assert.False(user.IsInRole("admins"));
        Assert.Equal(TestToken.ClientId, user.FindFirst("client_id")!.Value);
        Assert.Equal("acme", user.FindFirst("tenant")!.Value);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("""{"requestContext":null}""")]
    [InlineData("""{"requestContext":{"authorizer":null}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"claims":null,"scopes":null}}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"iam":{"accessKey":"AKIA","userArn":"arn"}}}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"scope":"orders/read","principalId":"4ge6m2mclient0orders0abcde"}}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"client_id":"4ge6m2mclient0orders0abcde","jwt":null}}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"client_id":"4ge6m2mclient0orders0abcde","lambda":null}}}""")]
    [InlineData("""{"headers":{"x-client-id":"4ge6m2mclient0orders0abcde"},"authorizer":{"lambda":{"client_id":"4ge6m2mclient0orders0abcde"}}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"jwt":{"claims":{"client_id":"4ge6m2mclient0orders0abcde","token_use":"access"}},"jwt":{}}}}""")]
    public void Event_without_verified_claims_has_no_user(string text) => Assert.Null(_reader.FindInEvent(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Headers_of_the_caller_do_not_count()
    {
        // The header x-amzn-request-context of this event has claims of another app client.
        using var request = JsonDocument.Parse(GatewayEvent.ReadBytes("user-http-2.0-jwt"));
        var root = JsonNode.Parse(request.RootElement.GetRawText())!.AsObject();
        root["requestContext"]!.AsObject().Remove("authorizer");

        Assert.Null(_reader.FindInEvent(JsonSerializer.SerializeToUtf8Bytes(root)));
    }

    [Fact]
    public void User_is_created_from_claims_in_a_dictionary()
    {
        var claims = new Dictionary<string, string> { ["client_id"] = TestToken.ClientId, ["token_use"] = "access", ["scope"] = "orders/read", ["iss"] = Issuer };

        var user = _reader.CreateFromClaims(claims)!;

        Assert.Equal(TestToken.ClientId, user.Identity!.Name);
        Assert.True(user.HasClaim("scope", "orders/read"));
        Assert.Null(_reader.CreateFromClaims(new Dictionary<string, string>(claims) { ["token_use"] = "id" }));
    }

    [Fact]
    public void Options_without_a_choice_of_app_clients_are_an_error()
    {
        Assert.Throws<ArgumentException>(() => new ApiGatewayUserReader(new ApiGatewayUserOptions { UserPoolId = TestToken.PoolId }));
        Assert.Throws<ArgumentException>(() => new ApiGatewayUserReader(new ApiGatewayUserOptions { UserPoolId = TestToken.PoolId, ClientIds = ["a"], AllowAnyClient = true }));
        Assert.Throws<ArgumentException>(() => new ApiGatewayUserReader(new ApiGatewayUserOptions { UserPoolId = TestToken.PoolId, ClientIds = ["a"], AuthenticationType = "" }));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("AbCdEf123", null)]
    [InlineData("eu-west-1_AbCdEf123", "")]
    public void Options_without_an_issuer_are_an_error(string? userPoolId, string? issuer)
    {
        var error = Assert.Throws<ArgumentException>(() => new ApiGatewayUserReader(new ApiGatewayUserOptions { UserPoolId = userPoolId, Issuer = issuer, ClientIds = ["a"] }));

        Assert.Contains("UserPoolId", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Claims_of_another_issuer_make_no_user_because_an_API_can_have_several_authorizers(string name)
    {
        foreach (var issuer in (string?[])["https://login.example.com", Issuer + "/", Issuer.ToUpperInvariant(), "", null])
            Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims["iss"] = issuer)));

        Assert.Null(_reader.FindInEvent(ChangeClaims(name, claims => claims.Remove("iss"))));
    }

    [Fact]
    public void Both_forms_of_issuer_of_the_user_pool_and_an_issuer_of_the_options_are_accepted()
    {
        const string other = "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
        var custom = new ApiGatewayUserReader(new ApiGatewayUserOptions { Issuer = "http://localhost:4566/pool", ClientIds = [TestToken.ClientId] });

        Assert.NotNull(_reader.FindInEvent(ChangeClaims("user-http-2.0-jwt", claims => claims["iss"] = other)));
        Assert.NotNull(custom.FindInEvent(ChangeClaims("user-http-2.0-jwt", claims => claims["iss"] = "http://localhost:4566/pool")));
        Assert.Null(custom.FindInEvent(GatewayEvent.ReadBytes("user-http-2.0-jwt")));
    }

    private static byte[] ChangeClaims(string name, Action<JsonObject> change)
    {
        var request = GatewayEvent.Read(name);
        var authorizer = request["requestContext"]!["authorizer"]!;
        change((authorizer["jwt"]?["claims"] ?? authorizer["claims"] ?? authorizer["lambda"] ?? authorizer).AsObject());
        return request.ToBytes();
    }
}
