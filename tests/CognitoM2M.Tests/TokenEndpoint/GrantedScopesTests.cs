using System.Buffers.Text;
using System.Text;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>Which scopes a token grants, by its <c>scope</c> claim.</summary>
public sealed class GrantedScopesTests
{
    [Fact]
    public async Task Scopes_are_read_from_the_token_if_it_is_a_jwt()
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"scope":"orders\/read orders\/audit"}"""));
        await using var granted = CreateService(() => StubbedResponse.CreateToken($"e30.{payload}.c2ln"));
        await using var opaque = CreateService(() => StubbedResponse.CreateToken("not-a-jwt"));

        Assert.Equal(["orders/read", "orders/audit"], (await granted.Provider.GetTokenAsync("orders")).Scopes);
        Assert.Equal(["orders/read"], (await opaque.Provider.GetTokenAsync("orders")).Scopes);
    }

    [Theory]
    [InlineData("""{"sub":"abc123","token_use":"access"}""")]
    [InlineData("""{"scope":""}""")]
    [InlineData("""{"scope":null}""")]
    [InlineData("""{"scope":["orders/read"]}""")]
    [InlineData("""{"scope":"\ud800"}""")]
    public async Task Token_without_scopes_in_its_scope_claim_grants_nothing(string claims)
    {
        await using var service = CreateService(() => StubbedResponse.CreateToken(CreateJwt(claims)));

        Assert.Empty((await service.Provider.GetTokenAsync("orders")).Scopes);
    }

    [Fact]
    public async Task Texts_that_cannot_be_scopes_are_not_taken_for_scopes()
    {
        await using var service = CreateService(() => StubbedResponse.CreateToken(CreateJwt("""{"scope":"orders/read a\"b"}""")));

        Assert.Equal(["orders/read"], (await service.Provider.GetTokenAsync("orders")).Scopes);
    }

    [Fact]
    public void Claim_that_is_not_a_text_grants_nothing()
    {
        Assert.Empty(GrantedScopes.Read(CreateJwt("""{"scope":"\ud800"}"""), "orders/read"));
        Assert.Empty(GrantedScopes.Read(CreateJwt("""{"scope":7}"""), "orders/read"));
        Assert.Equal(["orders/read"], GrantedScopes.Read("opaque", "orders/read"));
    }

    private static string CreateJwt(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";

    private static StubbedService CreateService(Func<HttpResponseMessage> answer) => new() { OnTokenRequest = (_, _) => Task.FromResult(answer()) };
}
