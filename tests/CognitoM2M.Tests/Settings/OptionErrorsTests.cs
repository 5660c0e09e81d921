using CognitoM2M.Settings;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Settings;

/// <summary>Which values of single options are refused, and what the errors say.</summary>
public sealed class OptionErrorsTests
{
    private const int Undefined = 99;

    public static TheoryData<string, Action<CognitoM2MClientOptions>> Accepted => new()
    {
        { "shortest time-out", options => options.AttemptTimeout = TimeSpan.FromMilliseconds(100) },
        { "longest time-out", options => options.AttemptTimeout = TimeSpan.FromMinutes(5) },
        { "longest minimum", options => options.MinimumRemainingLifetime = TimeSpan.FromHours(12) },
        { "shortest time-out of the cache", options => options.DistributedCacheTimeout = TimeSpan.FromMilliseconds(10) },
        { "longest time-out of the cache", options => options.DistributedCacheTimeout = TimeSpan.FromSeconds(10) },
        { "no price", options => options.UsdPerTokenRequest = 0 },
        { "price", options => options.UsdPerTokenRequest = 0.5 },
        { "one attempt", options => options.FirstFetchAttempts = 1 },
        { "five attempts", options => options.FirstFetchAttempts = 5 },
        { "slowest pace", options => options.MaxTokenRequestsPerSecond = 1 },
        { "fastest pace", options => options.MaxTokenRequestsPerSecond = 100_000 },
    };

    public static TheoryData<string, Action<CognitoM2MClientOptions>> Refused => new()
    {
        { "AttemptTimeout must be between 100 milliseconds and 5 minutes.", options => options.AttemptTimeout = TimeSpan.FromMilliseconds(99) },
        { "AttemptTimeout must be between 100 milliseconds and 5 minutes.", options => options.AttemptTimeout = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1) },
        { "MinimumRemainingLifetime must be between 0 and 12 hours.", options => options.MinimumRemainingLifetime = TimeSpan.FromTicks(-1) },
        { "MinimumRemainingLifetime must be between 0 and 12 hours.", options => options.MinimumRemainingLifetime = TimeSpan.FromHours(12) + TimeSpan.FromTicks(1) },
        { "DistributedCacheTimeout must be between 10 milliseconds and 10 seconds.", options => options.DistributedCacheTimeout = TimeSpan.FromMilliseconds(9) },
        { "DistributedCacheTimeout must be between 10 milliseconds and 10 seconds.", options => options.DistributedCacheTimeout = TimeSpan.FromSeconds(11) },
        { "UsdPerTokenRequest must be a number of US dollars, zero or more.", options => options.UsdPerTokenRequest = -0.1 },
        { "UsdPerTokenRequest must be a number of US dollars, zero or more.", options => options.UsdPerTokenRequest = double.NaN },
        { "UsdPerTokenRequest must be a number of US dollars, zero or more.", options => options.UsdPerTokenRequest = double.PositiveInfinity },
        { "FirstFetchAttempts must be between 1 and 5.", options => options.FirstFetchAttempts = 6 },
        { "MaxTokenRequestsPerSecond must be between 1 and 100,000.", options => options.MaxTokenRequestsPerSecond = 100_001 },
        { "WarmUp must be None, BestEffort or Required.", options => options.WarmUp = (CognitoWarmUp)Undefined },
        { "Scopes must not be null. To request every allowed scope, leave it empty.", options => options.Scopes = null! },
        { "ClientMetadata must not be null. For no metadata, leave it empty.", options => options.ClientMetadata = null! },
        { "AllowedHosts must not be null. For no restriction, leave it empty.", options => options.AllowedHosts = null! },
        { "PlainHttpHosts must not be null. To require https, leave it empty.", options => (options.PlainHttpHosts, options.BaseAddress) = (null!, new Uri("https://api.example.com")) },
        {
            "PlainHttpTokenEndpointHosts must not be null. To require https, leave it empty.",
            options => (options.PlainHttpTokenEndpointHosts, options.Domain, options.TokenEndpoint) = (null!, null, new Uri(StubbedService.TokenEndpoint))
        },
        {
            "ClientId is not the id of an app client. It must have 1 to 128 letters, digits, '_' and '+', without spaces or line breaks.",
            options => options.ClientId = "abc 123"
        },
        { "ClientAuthentication must be ClientSecretBasic or ClientSecretPost.", options => options.ClientAuthentication = (CognitoClientAuthentication)Undefined },
        { "Route must be OAuth2, GetClientToken or UserPassword.", options => options.Route = (CognitoTokenRoute)Undefined },
        {
            "UseFips has no effect with TokenEndpoint. Set TokenEndpoint to the FIPS address, and remove UseFips.",
            options => (options.UseFips, options.Domain, options.TokenEndpoint) = (true, null, new Uri(StubbedService.TokenEndpoint))
        },
        {
            "More than one of ClientSecret, ClientSecretFile and ClientSecretSource is set. Set only one of them.",
            options => options.ClientSecretSource = CognitoSecretSource.From((_, _) => new ValueTask<string>("x"))
        },
        {
            "Username, Password: used on the route UserPassword only, and Route is OAuth2. Set Route to UserPassword, or remove what belongs to a user.",
            options => (options.Username, options.Password) = ("jobs", "password1")
        },
        {
            "Scopes are set, but the token of a user that signs in with a password has only the scope aws.cognito.signin.user.admin. Remove Scopes, or set Route to OAuth2 or GetClientToken.",
            options => (options.Route, options.Domain, options.Username, options.Password, options.Scopes) = (CognitoTokenRoute.UserPassword, null, "jobs", "password1", ["orders/read"])
        },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Value_at_a_bound_is_accepted(string description, Action<CognitoM2MClientOptions> change) =>
        Assert.True(Validate("orders", change) is [], description);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Value_that_is_not_valid_is_an_error_that_says_what_to_do(string error, Action<CognitoM2MClientOptions> change) =>
        Assert.Equal([$"Client 'orders': {error}"], Validate("orders", change));

    [Fact]
    public void Token_on_all_http_clients_must_be_restricted()
    {
        var options = CreateOptions(_ => { });

        var result = new ClientOptionsValidator([], [new ClientReference("orders", HttpClientName: null)]).Validate("orders", options);

        Assert.Equal(
            "Client 'orders': ConfigureHttpClientDefaults puts the token on all HttpClients of the process, and nothing says where it may be sent. "
            + "Set BaseAddress or AllowedHosts. If every host that the process calls may have the token, set AllowAnyHost to true.",
            Assert.Single(result.Failures!));
    }

    // The name may come from a request.
    [Theory]
    [InlineData(null, "''")]
    [InlineData("tenant~7", "'tenant~7'")]
    [InlineData("tenant\nError", "'tenant?Error'")]
    [InlineData("b\u00fccher", "'b\u00fccher'")]
    public void Unknown_name_is_shown_without_characters_that_forge_a_line(string? name, string shown) =>
        Assert.StartsWith($"Client {shown}: no app client of this name is registered.", Assert.Single(Find(name)), StringComparison.Ordinal);

    [Theory]
    [InlineData(100, "")]
    [InlineData(101, "...")]
    public void Unknown_name_is_shown_up_to_one_hundred_characters(int length, string end) =>
        Assert.StartsWith($"Client '{new string('a', 100)}{end}': ", Assert.Single(Find(new string('a', length))), StringComparison.Ordinal);

    private static IReadOnlyList<string> Find(string? name) => [.. new ClientOptionsValidator([], []).Validate(name, new CognitoM2MClientOptions()).Failures!];

    private static IReadOnlyList<string> Validate(string name, Action<CognitoM2MClientOptions> change) =>
        [.. new ClientOptionsValidator([], []).Validate(name, CreateOptions(change)).Failures ?? []];

    private static CognitoM2MClientOptions CreateOptions(Action<CognitoM2MClientOptions> change)
    {
        var options = new CognitoM2MClientOptions { Domain = "acme-m2m", Region = "eu-west-1", ClientId = "abc123", ClientSecret = StubbedService.Secret };
        change(options);
        return options;
    }
}
