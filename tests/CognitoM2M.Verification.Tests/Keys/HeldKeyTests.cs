using System.Security.Cryptography;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>Keys that are handed to another library for a second verification.</summary>
public sealed class HeldKeyTests
{
    [Fact]
    public async Task Key_that_is_held_can_be_found_and_verifies_signatures()
    {
        using var setup = new VerifierSetup();
        Assert.Null(setup.Verifier.FindHeldKey(TestToken.Issuer, TestKey.Access.Id));
        Assert.Equal(0, setup.Server.Requests);

        await setup.Verifier.LoadKeysAsync();
        var key = setup.Verifier.FindHeldKey(TestToken.Issuer, TestKey.Access.Id);

        using var rsa = RSA.Create(key!.Value);
        byte[] data = [1, 2];
        Assert.True(rsa.VerifyData(data, TestKey.Access.Sign(data), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(1, setup.Server.Requests);
    }

    [Fact]
    public async Task Keys_of_other_issuers_and_unusable_keys_are_not_found()
    {
        using var setup = new VerifierSetup(keySet: TestKey.CreateKeySet(TestKey.Access, TestKey.Next.Jwk.WithText("use", "enc")));
        await setup.Verifier.LoadKeysAsync();

        Assert.Null(setup.Verifier.FindHeldKey(TestToken.Issuer, "unknown"));
        Assert.Null(setup.Verifier.FindHeldKey(TestToken.Issuer, TestKey.Next.Id));
        Assert.Null(setup.Verifier.FindHeldKey(TestToken.OtherIssuer, TestKey.Access.Id));
    }

    [Fact]
    public async Task Changed_copy_of_a_key_does_not_change_the_key()
    {
        using var setup = new VerifierSetup();
        await setup.Verifier.LoadKeysAsync();

        Array.Clear(setup.Verifier.FindHeldKey(TestToken.Issuer, TestKey.Access.Id)!.Value.Modulus!);

        Assert.Equal(TestKey.Access.Public.Modulus, setup.Verifier.FindHeldKey(TestToken.Issuer, TestKey.Access.Id)!.Value.Modulus);
        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
    }
}
