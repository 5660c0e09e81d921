using System.Globalization;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Verification.Tests.Settings;

/// <summary>Mistakes in the options are reported together, and each error names its property.</summary>
public sealed class OptionsValidationTests
{
    private const string AddressRule = "Write it exactly as in the claim iss: an https address (or http to loopback) without query.";

    private const string PlainHttpRule =
        "must use https. http is accepted for loopback addresses. If you trust the network on the whole way to this host, add";

    private static readonly (string Name, Action<TrustedUserPool> Mistake, string Error)[] _poolMistakes =
    [
        ("no pool id", o => o.UserPoolId = null, "UserPoolId is missing. Set it to the id of the user pool, such as eu-west-1_AbCdEf123."),
        ("an empty pool id", o => o.UserPoolId = "", "UserPoolId is missing. Set it to the id of the user pool, such as eu-west-1_AbCdEf123."),
        ("a pool id without region", o => o.UserPoolId = "AbCdEf123", "UserPoolId 'AbCdEf123' is not the id of a user pool. An id looks like eu-west-1_AbCdEf123."),
        ("a pool id with a display name", o => o.UserPoolId = "EU (Ireland)_AbC", "UserPoolId 'EU (Ireland)_AbC' is not the id of a user pool. An id looks like eu-west-1_AbCdEf123."),
        ("a pool id that leads to another host", o => o.UserPoolId = "evil.example/eu-west-1_AbC", "UserPoolId 'evil.example/eu-west-1_AbC' is not the id of a user pool. An id looks like eu-west-1_AbCdEf123."),
        ("a pool id with a line feed", o => o.UserPoolId = "eu-west-1_AbC\n", "UserPoolId 'eu-west-1_AbC?' is not the id of a user pool. An id looks like eu-west-1_AbCdEf123."),
        ("a pool id with a Greek letter", o => o.UserPoolId = "eu-west-1_\u0391", "UserPoolId 'eu-west-1_?' is not the id of a user pool. An id looks like eu-west-1_AbCdEf123."),
        ("an issuer over http", o => o.Issuer = "http://cognito.example/x", $"Issuer 'http://cognito.example/x' {PlainHttpRule} 'cognito.example' to PlainHttpHosts."),
        ("an issuer that is not an address", o => o.Issuer = "cognito", $"Issuer 'cognito' is not an issuer. {AddressRule}"),
        ("an issuer with a query", o => o.Issuer = "https://x.example/?a", $"Issuer 'https://x.example/?a' is not an issuer. {AddressRule}"),
        ("an issuer with a fragment", o => o.Issuer = "https://x.example/#a", $"Issuer 'https://x.example/#a' is not an issuer. {AddressRule}"),
        ("an issuer with a password", o => o.Issuer = "https://a:b@x.example/", $"Issuer 'https://a:b@x.example/' is not an issuer. {AddressRule}"),
        ("an issuer with a user name and a query", o => o.Issuer = "https://ab@x.example/?b", $"Issuer 'https://ab@x.example/?b' is not an issuer. {AddressRule}"),
        ("an issuer with a query and a fragment", o => o.Issuer = "https://x.example/?b#c", $"Issuer 'https://x.example/?b#c' is not an issuer. {AddressRule}"),
        ("an issuer with spaces around it", o => o.Issuer = " https://x.example/a ", $"Issuer ' https://x.example/a ' is not an issuer. {AddressRule}"),
        ("an empty issuer", o => o.Issuer = "", $"Issuer '' is not an issuer. {AddressRule}"),
        ("keys over http", o => o.JwksUri = new Uri("http://x.example/keys"), $"JwksUri {PlainHttpRule} 'x.example' to PlainHttpHosts."),
        ("keys with a password", o => o.JwksUri = new Uri("https://a:b@x.example/keys"), "JwksUri must not hold a user name or password."),
        ("keys at a relative address", o => o.JwksUri = new Uri("/keys", UriKind.Relative), "JwksUri must be an absolute address, such as https://example.com/."),
        ("keys in a file", o => o.JwksUri = new Uri("file:///etc/keys.json"), "JwksUri must use https."),
        ("no app clients", o => o.ClientIds = [], "ClientIds is empty. Add the ids of the app clients that may call, or set AllowAnyClient to true to accept every app client of the user pool."),
        ("null app clients", o => o.ClientIds = null!, "ClientIds must not be null."),
        ("named app clients and all app clients", o => o.AllowAnyClient = true, "ClientIds has entries although AllowAnyClient is true. Remove the entries, or set AllowAnyClient to false."),
        ("an app client with a space", o => o.ClientIds = ["a b"], "ClientIds: 'a b' is not the id of an app client. An id has 1 to 128 letters and digits."),
        ("an app client of 129 letters", o => o.ClientIds = [new string('a', 129)], $"ClientIds: '{new string('a', 100)}...' is not the id of an app client. An id has 1 to 128 letters and digits."),
        ("a null app client", o => o.ClientIds = [null!], "ClientIds: '' is not the id of an app client. An id has 1 to 128 letters and digits."),
        ("text that is not a key set", o => o.Jwks = "{}", "Jwks cannot be used: the key set has no array 'keys' of objects."),
        ("a key set and its address", o => { o.Jwks = TestKey.CreateKeySet(TestKey.Access); o.JwksUri = new Uri("https://x.example/"); }, "Jwks and JwksUri are both set. Remove one of them."),
    ];

    private static readonly (string Name, Action<CognitoAccessTokenVerifierOptions> Mistake, string Error)[] _mistakes =
    [
        ("no user pools", o => o.UserPools = [], "UserPools is empty. Add a TrustedUserPool with the id of your user pool."),
        ("null user pools", o => o.UserPools = null!, "UserPools must not be null."),
        ("a null user pool", o => o.UserPools.Add(null!), "UserPools[1] must not be null."),
        ("a second user pool without app clients", o => o.UserPools.Add(new TrustedUserPool { UserPoolId = TestToken.OtherPoolId }),
            "UserPools[1].ClientIds is empty. Add the ids of the app clients that may call, or set AllowAnyClient to true to accept every app client of the user pool."),
        ("one user pool twice", o => o.UserPools.Add(new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = ["a"] }),
            $"UserPools: two entries have the issuer '{TestToken.Issuer}'. Put all of its ClientIds into one entry."),
        ("one user pool by its id and by its issuer", o => o.UserPools.Add(new TrustedUserPool { Issuer = TestToken.UpdatedIssuer, ClientIds = ["a"] }),
            $"UserPools: two entries have the issuer '{TestToken.UpdatedIssuer}'. Put all of its ClientIds into one entry."),
        ("null scopes, all of", o => o.AllOfScopes = null!, "AllOfScopes must not be null."),
        ("null scopes, any of", o => o.AnyOfScopes = null!, "AnyOfScopes must not be null."),
        ("two scopes in one", o => o.AllOfScopes = ["orders/read orders/write"], "AllOfScopes: 'orders/read orders/write' is not a scope. Write each scope as an entry of its own, such as orders/read."),
        ("an empty scope", o => o.AnyOfScopes = [""], "AnyOfScopes: '' is not a scope. Write each scope as an entry of its own, such as orders/read."),
        ("a null scope", o => o.AnyOfScopes = ["a/b", null!], "AnyOfScopes: '' is not a scope. Write each scope as an entry of its own, such as orders/read."),
        ("a tolerance below zero", o => o.ClockTolerance = TimeSpan.FromTicks(-1), "ClockTolerance must be between zero and 5 minutes."),
        ("a tolerance above five minutes", o => o.ClockTolerance = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1), "ClockTolerance must be between zero and 5 minutes."),
        ("a maximum length that is too small", o => o.MaxTokenLength = 1_023, "MaxTokenLength must be between 1,024 and 1,048,576 characters."),
        ("a maximum length that is too large", o => o.MaxTokenLength = 1_048_577, "MaxTokenLength must be between 1,024 and 1,048,576 characters."),
        ("a cache of negative size", o => o.VerifiedTokenCacheSize = -1, "VerifiedTokenCacheSize must be between zero and 1,000,000."),
        ("a cache that is too large", o => o.VerifiedTokenCacheSize = 1_000_001, "VerifiedTokenCacheSize must be between zero and 1,000,000."),
        ("a lifetime of tenants below a second", o => o.TenantLifetime = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1), "TenantLifetime must be between 1 second and 1 day."),
        ("a lifetime of tenants above a day", o => o.TenantLifetime = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1), "TenantLifetime must be between 1 second and 1 day."),
        ("a lifetime of unknown tenants below a second", o => o.UnknownTenantLifetime = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1), "UnknownTenantLifetime must be between 1 second and 1 hour."),
        ("a lifetime of unknown tenants above an hour", o => o.UnknownTenantLifetime = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1), "UnknownTenantLifetime must be between 1 second and 1 hour."),
        ("no room for tenants", o => o.MaxTenants = 0, "MaxTenants must be between 1 and 100,000."),
        ("too much room for tenants", o => o.MaxTenants = 100_001, "MaxTenants must be between 1 and 100,000."),
        ("callers that are not defined", o => o.AcceptedCallers = (AcceptedCallers)99, "AcceptedCallers must be MachinesAndUsers, Machines or Users."),
        ("null groups, all of", o => o.AllOfGroups = null!, "AllOfGroups must not be null."),
        ("null groups, any of", o => o.AnyOfGroups = null!, "AnyOfGroups must not be null."),
        ("a group with a space", o => o.AllOfGroups = ["order clerks"], "AllOfGroups: 'order clerks' is not the name of a group. A name has 1 to 128 characters and no white space."),
        ("a null group", o => o.AnyOfGroups = [null!], "AnyOfGroups: '' is not the name of a group. A name has 1 to 128 characters and no white space."),
        ("null hosts with plain http", o => o.PlainHttpHosts = null!, "PlainHttpHosts must not be null. To require https, leave it empty."),
        ("a null host with plain http", o => o.PlainHttpHosts = [null!], "PlainHttpHosts: '' must be a host name or host:port, without scheme or path."),
        ("a wildcard for plain http", o => o.PlainHttpHosts = ["*"], "PlainHttpHosts: '*' is a wildcard. Name each host."),
        ("an address for plain http", o => o.PlainHttpHosts = ["http://x"], "PlainHttpHosts: 'http://x' must be a host name or host:port, without scheme or path."),
        ("null checks", o => o.Checks = null!, "Checks must not be null, and must not contain null."),
        ("a null check", o => o.Checks = [_ => null, null!], "Checks must not be null, and must not contain null."),
    ];

    public static TheoryData<string> PoolMistakes { get; } = [.. _poolMistakes.Select(mistake => mistake.Name)];

    public static TheoryData<string> Mistakes { get; } = [.. _mistakes.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(PoolMistakes))]
    public void Mistake_in_a_user_pool_is_reported_with_the_place_of_the_user_pool(string name)
    {
        var (_, mistake, error) = _poolMistakes.Single(known => known.Name == name);
        var options = CreateValid();
        mistake(options.UserPools[0]);

        Assert.Equal([$"UserPools[0].{error}"], options.Validate());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_reported_with_its_own_message(string name)
    {
        var (_, mistake, error) = _mistakes.Single(known => known.Name == name);
        var options = CreateValid();
        mistake(options);

        var thrown = Assert.Throws<OptionsValidationException>(() => new CognitoAccessTokenVerifier(options));

        Assert.Equal([error], options.Validate());
        Assert.Equal([error], thrown.Failures);
    }

    [Fact]
    public void All_mistakes_are_reported_together()
    {
        var options = new CognitoAccessTokenVerifierOptions
        {
            UserPools =
            [
                new TrustedUserPool { UserPoolId = "x", Issuer = "http://x.example", JwksUri = new Uri("http://x.example"), Jwks = "" },
                new TrustedUserPool(),
            ],
            AllOfScopes = [" "],
            AnyOfScopes = ["\""],
            ClockTolerance = TimeSpan.FromDays(1),
            MaxTokenLength = 1,
            VerifiedTokenCacheSize = -1,
            Checks = [null!],
        };

        var thrown = Assert.Throws<OptionsValidationException>(() => new CognitoAccessTokenVerifier(options));

        string[] expected = ["UserPools[0].UserPoolId 'x'", "UserPools[0].Issuer '", "UserPools[0].JwksUri must", "UserPools[0].ClientIds is empty", "UserPools[0].Jwks and JwksUri",
            "UserPools[0].Jwks cannot", "UserPools[1].UserPoolId is", "UserPools[1].ClientIds is", "AllOfScopes", "AnyOfScopes", "ClockTolerance", "MaxTokenLength", "VerifiedTokenCacheSize", "Checks"];
        Assert.Equal(expected.Length, thrown.Failures.Count());
        Assert.All(expected, start => Assert.Contains(thrown.Failures, failure => failure.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(typeof(CognitoAccessTokenVerifierOptions), thrown.OptionsType);
    }

    [Fact]
    public void Two_user_pools_without_an_id_are_not_reported_as_the_same()
    {
        var options = new CognitoAccessTokenVerifierOptions { UserPools = [new TrustedUserPool { UserPoolId = "" }, new TrustedUserPool { UserPoolId = "" }] };

        Assert.Equal(4, options.Validate().Count);
    }

    [Fact]
    public void Valid_options_have_no_mistakes()
    {
        Assert.Empty(CreateValid().Validate());
        Assert.Empty(Create(new TrustedUserPool { UserPoolId = "us-gov-west-1_AbC", AllowAnyClient = true }).Validate());
        Assert.Empty(Create(new TrustedUserPool { Issuer = "http://127.0.0.1:5000/eu-west-1_AbC", ClientIds = ["a"] }).Validate());
        Assert.Empty(Create(new TrustedUserPool { UserPoolId = "eu-west-1_AbC", Issuer = "http://localhost/x", ClientIds = ["a+b_1", new string('a', 128)] }).Validate());
        Assert.Empty(Create(new TrustedUserPool { UserPoolId = "eu-west-1_AbC", ClientIds = ["a"], JwksUri = new Uri("http://[::1]/keys") }).Validate());
    }

    [Theory]
    [InlineData(1_024, 0, 0)]
    [InlineData(1_048_576, 1_000_000, 5)]
    public void Limits_may_have_their_smallest_and_largest_values(int maxTokenLength, int cacheSize, int toleranceMinutes)
    {
        var options = CreateValid();
        (options.MaxTokenLength, options.VerifiedTokenCacheSize, options.ClockTolerance) = (maxTokenLength, cacheSize, TimeSpan.FromMinutes(toleranceMinutes));

        Assert.Empty(options.Validate());
    }

    [Theory]
    [InlineData("00:00:01", "00:00:01", 1)]
    [InlineData("1.00:00:00", "01:00:00", 100_000)]
    public void Limits_of_tenants_may_have_their_smallest_and_largest_values(string lifetime, string unknownLifetime, int most)
    {
        var options = CreateValid();
        (options.TenantLifetime, options.UnknownTenantLifetime, options.MaxTenants) =
            (TimeSpan.Parse(lifetime, CultureInfo.InvariantCulture), TimeSpan.Parse(unknownLifetime, CultureInfo.InvariantCulture), most);

        Assert.Empty(options.Validate());
    }

    [Fact]
    public void User_pools_may_be_empty_if_the_application_names_tenants()
    {
        var options = CreateValid();
        (options.UserPools, options.FindTenant) = ([], (_, _, _) => Task.FromResult<TrustedUserPool?>(null));

        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenVerifier(null!));
        Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenVerifier(null!, ["a"]));
        Assert.Throws<ArgumentNullException>(() => new CognitoAccessTokenVerifier(TestToken.PoolId, null!));
    }

    [Fact]
    public void Short_constructor_checks_its_arguments_in_the_same_way()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => new CognitoAccessTokenVerifier("x", []));

        Assert.Equal(2, thrown.Failures.Count());
    }

    [Fact]
    public async Task Later_changes_of_the_options_have_no_effect()
    {
        using var setup = new VerifierSetup(o => o.AllOfScopes = ["orders/read"]);
        _ = setup.Verifier;

        setup.Options.UserPools[0].ClientIds.Clear();
        setup.Options.UserPools[0].UserPoolId = "x";
        setup.Options.UserPools.Clear();
        setup.Options.AllOfScopes.Clear();
        setup.Options.AllOfScopes.Add("orders/admin");
        setup.Options.AnyOfScopes.Add("orders/admin");
        setup.Options.Checks.Add(_ => "no");

        Assert.Null(await setup.VerifyAsync(TestToken.Valid));
    }

    private static CognitoAccessTokenVerifierOptions CreateValid() =>
        Create(new TrustedUserPool { UserPoolId = TestToken.PoolId, ClientIds = ["abc123"] });

    private static CognitoAccessTokenVerifierOptions Create(TrustedUserPool pool) => new() { UserPools = [pool], AllOfScopes = ["orders/read"] };
}
