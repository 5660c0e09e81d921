using System.Buffers.Text;
using System.Text;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>What is read from a token that Cognito has just issued.</summary>
public sealed class UnverifiedClaimsTests
{
    [Fact]
    public void Text_and_seconds_are_read_by_their_names()
    {
        var claims = UnverifiedClaims.Read(CreateJwt("""{"origin_jti":"a1","auth_time":1767225600}"""));

        Assert.Equal("a1", UnverifiedClaims.FindText(claims, "origin_jti"));
        Assert.Equal(1767225600, UnverifiedClaims.FindSeconds(claims, "auth_time"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"origin_jti":1,"auth_time":"1"}""")]
    [InlineData("""{"origin_jti":null,"auth_time":null}""")]
    [InlineData("""{"origin_jti":"\ud800","auth_time":1.5}""")]
    [InlineData("""{"origin_jti":["a"],"auth_time":[1]}""")]
    public void Claim_of_another_type_is_taken_as_missing(string payload)
    {
        var claims = UnverifiedClaims.Read(CreateJwt(payload));

        Assert.NotNull(claims);
        Assert.Null(UnverifiedClaims.FindText(claims, "origin_jti"));
        Assert.Null(UnverifiedClaims.FindSeconds(claims, "auth_time"));
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.!.c2ln")]
    [InlineData("e30.e30x.c2ln")]
    [InlineData("e30.W10.c2ln")]
    [InlineData("e30..c2ln")]
    public void Token_that_is_not_a_JWT_has_no_claims(string token)
    {
        var claims = UnverifiedClaims.Read(token);

        Assert.Null(claims);
        Assert.Null(UnverifiedClaims.FindText(claims, "sub"));
        Assert.Null(UnverifiedClaims.FindSeconds(claims, "exp"));
    }

    private static string CreateJwt(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
}
