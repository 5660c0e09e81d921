using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Settings;

/// <summary>Mistakes in the options are reported all at once, each by the name of its property.</summary>
public sealed class OptionsValidationTests
{
    private static readonly (string Name, Action<CognitoAccessTokenVerifierOptions> Mistake, string Said)[] _mistakes =
    [
        ("no pool", o => o.UserPoolId = null, "UserPoolId is missing; give the id of the user pool, such as eu-west-1_AbCdEf123."),
        ("an empty pool id", o => o.UserPoolId = "", "UserPoolId is missing; give the id of the user pool, such as eu-west-1_AbCdEf123."),
        ("a pool id without region", o => o.UserPoolId = "AbCdEf123", "UserPoolId 'AbCdEf123' is not the id of a user pool, such as eu-west-1_AbCdEf123."),
        ("a pool id with a display name", o => o.UserPoolId = "EU (Ireland)_AbC", "UserPoolId 'EU (Ireland)_AbC' is not the id of a user pool, such as eu-west-1_AbCdEf123."),
        ("a pool id that leads elsewhere", o => o.UserPoolId = "evil.example/eu-west-1_AbC", "UserPoolId 'evil.example/eu-west-1_AbC' is not the id of a user pool, such as eu-west-1_AbCdEf123."),
        ("a pool id with a line feed", o => o.UserPoolId = "eu-west-1_AbC\n", "UserPoolId 'eu-west-1_AbC?' is not the id of a user pool, such as eu-west-1_AbCdEf123."),
        ("a pool id with another script's letters", o => o.UserPoolId = "eu-west-1_\u0391", "UserPoolId 'eu-west-1_?' is not the id of a user pool, such as eu-west-1_AbCdEf123."),
        ("an issuer over http", o => o.Issuer = "http://cognito.example/x", "Issuer 'http://cognito.example/x' must be an https address (http for loopback alone), written as in the claim iss."),
        ("an issuer that is no address", o => o.Issuer = "cognito", "Issuer 'cognito' must be an https address (http for loopback alone), written as in the claim iss."),
        ("an issuer with a query", o => o.Issuer = "https://x.example/?a", "Issuer 'https://x.example/?a' must be an https address (http for loopback alone), written as in the claim iss."),
        ("an issuer with spaces around", o => o.Issuer = " https://x.example/a ", "Issuer ' https://x.example/a ' must be an https address (http for loopback alone), written as in the claim iss."),
        ("an empty issuer", o => o.Issuer = "", "Issuer '' must be an https address (http for loopback alone), written as in the claim iss."),
        ("keys over http", o => o.JwksUri = new Uri("http://x.example/keys"), "JwksUri must be an https address (http for loopback alone), without user name and password."),
        ("keys with a password", o => o.JwksUri = new Uri("https://a:b@x.example/keys"), "JwksUri must be an https address (http for loopback alone), without user name and password."),
        ("keys at a relative address", o => o.JwksUri = new Uri("/keys", UriKind.Relative), "JwksUri must be an https address (http for loopback alone), without user name and password."),
        ("keys in a file", o => o.JwksUri = new Uri("file:///etc/keys.json"), "JwksUri must be an https address (http for loopback alone), without user name and password."),
        ("no app clients", o => o.ClientIds = [], "ClientIds is empty; name the app clients that may call, or write AnyClient() to accept all of the pool."),
        ("null app clients", o => o.ClientIds = null!, "ClientIds must not be null."),
        ("named app clients and all", o => o.AnyClient(), "ClientIds are named and AnyClient() is called; do one of them."),
        ("an app client with a space", o => o.ClientIds = ["a b"], "ClientIds: 'a b' is not the id of an app client, which has 1 to 128 letters and digits."),
        ("a null app client", o => o.ClientIds = [null!], "ClientIds: '' is not the id of an app client, which has 1 to 128 letters and digits."),
        ("all scopes null", o => o.AllOfScopes = null!, "AllOfScopes must not be null."),
        ("two scopes in one", o => o.AllOfScopes = ["orders/read orders/write"], "AllOfScopes: each entry must be one scope, such as orders/read, without spaces and quotes."),
        ("an empty scope", o => o.AnyOfScopes = [""], "AnyOfScopes: each entry must be one scope, such as orders/read, without spaces and quotes."),
        ("a null scope", o => o.AnyOfScopes = [null!], "AnyOfScopes: each entry must be one scope, such as orders/read, without spaces and quotes."),
        ("a tolerance below zero", o => o.ClockTolerance = TimeSpan.FromSeconds(-1), "ClockTolerance must be between zero and 5 minutes."),
        ("a tolerance of an hour", o => o.ClockTolerance = TimeSpan.FromHours(1), "ClockTolerance must be between zero and 5 minutes."),
        ("tokens of no length", o => o.MaxTokenLength = 0, "MaxTokenLength must be between 1,024 and 1,048,576 characters."),
        ("tokens of any length", o => o.MaxTokenLength = int.MaxValue, "MaxTokenLength must be between 1,024 and 1,048,576 characters."),
        ("options as another pool", o => o.OtherUserPools = [new CognitoAccessTokenVerifierOptions { UserPoolId = "eu-west-1_Other", ClientIds = ["a"], AllOfScopes = ["a/b"] }],
            "OtherUserPools[0]: must be a TrustedUserPool; scopes, checks and tolerance stand in the options themselves, for all pools."),
        ("fewer than no remembered tokens", o => o.RememberedTokens = -1, "RememberedTokens must be between zero and 1,000,000."),
        ("null checks", o => o.Checks = null!, "Checks must not be null, nor hold a null."),
        ("a null check", o => o.Checks = [null!], "Checks must not be null, nor hold a null."),
        ("a key set that is none", o => o.KeySet = "{}", "KeySet cannot be used: it has no array 'keys' of objects."),
        ("a key set and its address", o => { o.KeySet = TestKey.Set(TestKey.Access); o.JwksUri = new Uri("https://x.example/"); }, "KeySet and JwksUri are both set; set one of them."),
        ("null pools", o => o.OtherUserPools = null!, "OtherUserPools must not be null."),
        ("a null pool", o => o.OtherUserPools = [null!], "OtherUserPools[0]: must not be null."),
        ("another pool without app clients", o => o.OtherUserPools = [new TrustedUserPool { UserPoolId = TestToken.OtherPoolId }],
            "OtherUserPools[0]: ClientIds is empty; name the app clients that may call, or write AnyClient() to accept all of the pool."),
        ("one pool twice", o => o.OtherUserPools = [new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = ["a"] }],
            $"OtherUserPools: the issuer '{TestToken.Issuer}' is given twice; name all of its ClientIds in one place."),
        ("one pool twice, once by its issuer", o => o.OtherUserPools = [new TrustedUserPool { Issuer = TestToken.UpdatedIssuer, ClientIds = ["a"] }],
            $"OtherUserPools: the issuer '{TestToken.UpdatedIssuer}' is given twice; name all of its ClientIds in one place."),
    ];

    public static TheoryData<string> Mistakes { get; } = [.. _mistakes.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_named(string name)
    {
        var (_, mistake, said) = _mistakes.Single(known => known.Name == name);
        var options = Good();
        mistake(options);

        var error = Assert.Throws<ArgumentException>(() => new CognitoAccessTokenVerifier(options));

        Assert.Equal([said], options.Validate());
        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var options = new CognitoAccessTokenVerifierOptions
        {
            UserPoolId = "x",
            Issuer = "http://x.example",
            JwksUri = new Uri("http://x.example"),
            KeySet = "",
            AllOfScopes = [" "],
            AnyOfScopes = ["\""],
            ClockTolerance = TimeSpan.FromDays(1),
            MaxTokenLength = 1,
            RememberedTokens = -1,
            Checks = [null!],
            OtherUserPools = [new TrustedUserPool()],
        };

        var errors = options.Validate();

        string[] expected = ["UserPoolId 'x'", "Issuer '", "JwksUri must", "ClientIds is empty", "KeySet and JwksUri", "KeySet cannot", "OtherUserPools[0]: UserPoolId", "OtherUserPools[0]: ClientIds",
            "AllOfScopes", "AnyOfScopes", "ClockTolerance", "MaxTokenLength", "RememberedTokens", "Checks"];
        Assert.Equal(expected.Length, errors.Count);
        Assert.All(expected, start => Assert.Contains(errors, error => error.StartsWith(start, StringComparison.Ordinal)));
        var thrown = Assert.Throws<ArgumentException>(() => new CognitoAccessTokenVerifier(options));
        Assert.All(errors, error => Assert.Contains(error, thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Good_options_have_no_mistakes()
    {
        Assert.Empty(Good().Validate());

        var any = new CognitoAccessTokenVerifierOptions { UserPoolId = "us-gov-west-1_AbC" };
        any.AnyClient();
        Assert.Empty(any.Validate());
        Assert.True(any.AcceptsAnyClient);

        Assert.Empty(new CognitoAccessTokenVerifierOptions { Issuer = "http://127.0.0.1:5000/eu-west-1_AbC", ClientIds = ["a"], RememberedTokens = 0 }.Validate());
        Assert.Empty(new CognitoAccessTokenVerifierOptions { UserPoolId = "eu-west-1_AbC", Issuer = "http://localhost/x", ClientIds = ["a+b_1"] }.Validate());
    }

    [Fact]
    public void No_options_at_all_are_an_error() => Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenVerifier(null!));

    [Fact]
    public async Task Options_changed_later_change_nothing()
    {
        using var world = new World(o => o.AllOfScopes = ["orders/read"]);
        _ = world.Verifier;

        world.Options.ClientIds.Clear();
        world.Options.AllOfScopes.Clear();
        world.Options.AllOfScopes.Add("orders/admin");
        world.Options.UserPoolId = "x";
        world.Options.Checks.Add(_ => "no");

        Assert.Null(await world.VerifyAsync(TestToken.Valid));
    }

    private static CognitoAccessTokenVerifierOptions Good() => new() { UserPoolId = TestToken.PoolId, ClientIds = ["abc123"], AllOfScopes = ["orders/read"] };
}
