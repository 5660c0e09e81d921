using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>A rejection names the app client if the signature of the token was verified.</summary>
public sealed class RejectedClientTests
{
    [Fact]
    public async Task App_client_is_named_if_the_signature_is_valid()
    {
        using var setup = new VerifierSetup(options =>
        {
            options.AllOfScopes = ["orders/read"];
            options.Checks.Add(claims => claims.TokenId == "refused" ? "no" : null);
        });

        await AssertAsync(Expired, TestToken.ClientId, TestToken.Create(TestToken.Payload.WithNumber("exp", TestToken.Now)));
        await AssertAsync(NotYetValid, TestToken.ClientId, TestToken.Create(TestToken.Payload.WithNumber("nbf", TestToken.Now + 1)));
        await AssertAsync(ScopeMissing, TestToken.ClientId, TestToken.Create(TestToken.Payload.WithText("scope", "x/y")));
        await AssertAsync(CheckFailed, TestToken.ClientId, TestToken.Create(TestToken.Payload.WithText("jti", "refused")));
        await AssertAsync(ClientNotAllowed, TestToken.OtherClientId, TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId)));

        async Task AssertAsync(TokenRejectionReason reason, string? client, string token)
        {
            var rejection = (await setup.Verifier.VerifyAsync(token)).Rejection!;
            Assert.Equal((reason, client), (rejection.Reason, rejection.ClientId));
        }
    }

    [Fact]
    public async Task App_client_that_a_forged_token_names_is_not_named()
    {
        using var setup = new VerifierSetup();

        var forged = (await setup.Verifier.VerifyAsync(TestToken.Create(TestToken.Header, TestToken.Payload, TestKey.Attacker))).Rejection!;
        var foreign = (await setup.Verifier.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("iss", TestToken.OtherIssuer)))).Rejection!;

        Assert.Equal((SignatureNotValid, null), (forged.Reason, forged.ClientId));
        Assert.Equal((IssuerNotTrusted, null), (foreign.Reason, foreign.ClientId));
    }
}
