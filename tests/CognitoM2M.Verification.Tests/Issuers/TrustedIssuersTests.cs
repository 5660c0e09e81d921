using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Issuers;

/// <summary>The look-up of issuers and app clients, by characters and by bytes.</summary>
public sealed class TrustedIssuersTests
{
    private const int MaxIssuer = 256;
    private const int MaxClientId = 128;

    private static readonly string _longestIssuer = "https://a/".PadRight(MaxIssuer, 'x');
    private static readonly string _longestClient = new('c', MaxClientId);

    private readonly List<(string Address, bool IsUsual)> _keySets = [];

    [Fact]
    public void Issuer_and_app_client_of_the_greatest_length_are_found_by_their_bytes()
    {
        var issuers = Create(new TrustedUserPool { Issuer = _longestIssuer, ClientIds = [_longestClient] });

        var issuer = issuers.Find(Encoding.UTF8.GetBytes(_longestIssuer));

        Assert.Equal(_longestIssuer, issuer?.Issuer);
        Assert.Equal(_longestClient, issuer!.FindClientId(Encoding.UTF8.GetBytes(_longestClient)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("é")]
    public void Text_that_is_longer_or_different_is_not_found(string addition)
    {
        var issuers = Create(new TrustedUserPool { Issuer = _longestIssuer, ClientIds = [_longestClient] });
        var known = issuers.Find(Encoding.UTF8.GetBytes(_longestIssuer))!;

        Assert.Null(issuers.Find(Encoding.UTF8.GetBytes($"{_longestIssuer[1..]}{addition}")));
        Assert.Null(issuers.Find(Encoding.UTF8.GetBytes($"x{_longestIssuer}{addition}")));
        Assert.Null(known.FindClientId(Encoding.UTF8.GetBytes($"{_longestClient[1..]}{addition}")));
        Assert.Null(known.FindClientId(Encoding.UTF8.GetBytes($"x{_longestClient}{addition}")));
    }

    [Fact]
    public void User_pool_has_two_forms_of_issuer_and_the_usual_one_comes_first()
    {
        var issuers = Create(new TrustedUserPool { UserPoolId = TestToken.PoolId, AllowAnyClient = true });

        Assert.Equal([TestToken.Issuer, TestToken.UpdatedIssuer], Assert.Single(issuers.Pools).Select(issuer => issuer.Issuer));
        Assert.Equal([($"{TestToken.Issuer}/.well-known/jwks.json", true), ($"{TestToken.UpdatedIssuer}/.well-known/jwks.json", false)], _keySets);
        Assert.All(issuers.Pools[0], issuer => Assert.Equal((TestToken.PoolId, null), (issuer.UserPoolId, issuer.ClientIds)));
    }

    [Fact]
    public void App_clients_are_those_of_the_user_pool()
    {
        var issuers = Create(new TrustedUserPool { Issuer = TestToken.Issuer, ClientIds = ["a", "b"] });

        Assert.Null(issuers.Find(TestToken.Issuer, out var issuer));
        Assert.Equal(["a", "b"], issuer!.ClientIds!.Order());
        Assert.Equal("b", issuer.FindClientId("b"u8));
        Assert.Null(issuer.FindClientId("B"u8));
    }

    [Fact]
    public void Other_form_has_keys_only_if_it_holds_some()
    {
        var held = new FixedKeySet(new KeySetSnapshot([VerificationKey.CreateUnusable("a", "no key")]));
        var withUsualKeys = new TrustedIssuers([new TrustedUserPool { UserPoolId = TestToken.PoolId }], (_, isUsual) => isUsual ? held : new NoKeys());
        var (usual, updated) = (withUsualKeys.Pools[0][0], withUsualKeys.Pools[0][1]);

        Assert.True(withUsualKeys.HasKeysUnderOtherForm(updated));
        Assert.False(withUsualKeys.HasKeysUnderOtherForm(usual));
    }

    private TrustedIssuers Create(TrustedUserPool pool) => new([pool], (address, isUsual) =>
    {
        _keySets.Add((address.AbsoluteUri, isUsual));
        return new NoKeys();
    });

    /// <summary>A key set before its first download.</summary>
    private sealed class NoKeys : IKeySet
    {
        public Uri? JwksUri => null;

        public KeySetSnapshot? Current => null;

        public KeySetStatus Status => default;

        public KeyLookup? FindHeld(string keyId) => null;

        public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken) => new(default(KeyLookup));

        public ValueTask<bool> LoadAsync(CancellationToken cancellationToken) => new(false);
    }
}
