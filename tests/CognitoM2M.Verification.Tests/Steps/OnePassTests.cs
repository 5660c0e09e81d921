using System.Buffers.Text;
using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Steps;

namespace CognitoM2M.Verification.Tests.Steps;

/// <summary>Which tokens are verified in one pass. All other tokens are verified in all steps, with the same verdicts.</summary>
public sealed class OnePassTests
{
    private const int MaxSignatureBytes = 512;

    private readonly PlainVerification _plain = Create(TestKey.CreateKeySet(TestKey.Access, TestKey.Next.Jwk.WithText("use", "enc")));

    [Fact]
    public void Token_with_a_known_header_has_an_outcome()
    {
        Assert.Null(_plain.Verify(TestToken.Valid));

        _plain.KeepHeader(TestToken.Valid, TestKey.Access.Id);

        var outcome = _plain.Verify(TestToken.Valid)!.Value;
        Assert.Equal((TestToken.ClientId, null), (outcome.Claims?.ClientId, outcome.Rejection));
        Assert.Equal(TestToken.Issuer, outcome.Issuer.Issuer);
        Assert.Same(outcome.Issuer.Keys.Current, outcome.Keys);
    }

    [Fact]
    public void Token_with_another_signature_is_rejected()
    {
        _plain.KeepHeader(TestToken.Valid, TestKey.Access.Id);

        var outcome = _plain.Verify(TestToken.Create(TestToken.Header, TestToken.Payload, TestKey.Attacker))!.Value;

        Assert.Null(outcome.Claims);
        Assert.Equal(TokenRejectionReason.SignatureNotValid, outcome.Rejection?.Reason);
    }

    [Theory]
    [InlineData("issuer that is not trusted")]
    [InlineData("app client that is not accepted")]
    [InlineData("payload in another form")]
    [InlineData("payload that is not base64url")]
    [InlineData("signature that is not base64url")]
    [InlineData("signature that is too long")]
    [InlineData("one part")]
    [InlineData("two parts")]
    [InlineData("four parts")]
    [InlineData("key that cannot be used")]
    [InlineData("key that is not held")]
    public void Other_token_has_no_outcome(string name)
    {
        var (header, payload, signature) = TestToken.Valid.Split('.') is [var h, var p, var s] ? (h, p, s) : default;
        var token = name switch
        {
            "issuer that is not trusted" => TestToken.Create(TestToken.Payload.WithText("iss", TestToken.OtherIssuer)),
            "app client that is not accepted" => TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId)),
            "payload in another form" => TestToken.Create(TestToken.Payload.With("a", "{}")),
            "payload that is not base64url" => $"{header}.{payload}*.{signature}",
            "signature that is not base64url" => $"{header}.{payload}.{signature}*",
            "signature that is too long" => $"{header}.{payload}.{Base64Url.EncodeToString(new byte[MaxSignatureBytes + 1])}",
            "one part" => header,
            "two parts" => $"{header}.{payload}",
            "four parts" => $"{TestToken.Valid}.{signature}",
            "key that cannot be used" => TestToken.Create(TestToken.Payload, TestKey.Next),
            _ => TestToken.Create(TestToken.Payload, TestKey.OtherPool),
        };
        _plain.KeepHeader(TestToken.Valid, TestKey.Access.Id);
        _plain.KeepHeader(TestToken.Create(TestToken.Payload, TestKey.Next), TestKey.Next.Id);
        _plain.KeepHeader(TestToken.Create(TestToken.Payload, TestKey.OtherPool), TestKey.OtherPool.Id);

        Assert.Null(_plain.Verify(token));
    }

    [Fact]
    public void Signature_of_the_greatest_length_is_compared()
    {
        _plain.KeepHeader(TestToken.Valid, TestKey.Access.Id);

        var outcome = _plain.Verify($"{TestToken.Valid[..TestToken.Valid.LastIndexOf('.')]}.{Base64Url.EncodeToString(new byte[MaxSignatureBytes])}");

        Assert.Equal(TokenRejectionReason.SignatureNotValid, outcome?.Rejection?.Reason);
    }

    private static PlainVerification Create(string keySet)
    {
        Assert.Null(KeySetParser.Parse(Encoding.UTF8.GetBytes(keySet), out var keys));
        var held = new FixedKeySet(keys!);
        return new PlainVerification(new TrustedIssuers([new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = [TestToken.ClientId] }], (_, _) => held));
    }
}
