using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tenants;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>Whom a token that nobody has verified says it was issued by and to.</summary>
public sealed class TenantKeyTests
{
    private const int MaxLength = 16_384;

    [Fact]
    public void Issuer_and_app_client_are_read()
    {
        Assert.Equal(new TenantKey(TestToken.Issuer, TestToken.ClientId), TenantKey.Read(TestToken.Valid, MaxLength, "client_id"));
        Assert.Equal(new TenantKey(TestToken.Issuer, TestToken.ClientId), TenantKey.Read(TokenTemplate.IdToken.Valid, MaxLength, "aud"));
        Assert.Equal(new TenantKey("http://localhost:9229/a", "a_B+9"), Read(TestToken.Payload.WithText("iss", "http://localhost:9229/a").WithText("client_id", "a_B+9")));
    }

    [Fact]
    public void Text_that_can_be_no_token_of_a_user_pool_names_nobody()
    {
        Assert.Null(TenantKey.Read("junk", MaxLength, "client_id"));
        Assert.Null(TenantKey.Read(TestToken.Valid, TestToken.Valid.Length - 1, "client_id"));
        Assert.Null(TenantKey.Read(TestToken.Valid, MaxLength, "aud"));
        Assert.Null(Read(TestToken.Payload.Without("iss")));
        Assert.Null(Read(TestToken.Payload.With("iss", "1")));
        Assert.Null(Read(TestToken.Payload.WithText("iss", "ftp://tenant.example/")));
        Assert.Null(Read(TestToken.Payload.WithText("iss", "tenant")));
        Assert.Null(Read(TestToken.Payload.WithText("iss", $"https://tenant.example/{new string('a', 256)}")));
        Assert.Null(Read(TestToken.Payload.With("client_id", "1")));
        Assert.Null(Read(TestToken.Payload.WithText("client_id", "")));
        Assert.Null(Read(TestToken.Payload.WithText("client_id", "a b")));
        Assert.Null(Read(TestToken.Payload.WithText("client_id", new string('a', 129))));
    }

    private static TenantKey? Read(RawObject payload) => TenantKey.Read(TestToken.Create(payload), MaxLength, "client_id");
}
