using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.Extensions.Options;

namespace CognitoM2M.UserSessions.Tests.Settings;

/// <summary>Which options are refused, and in which words.</summary>
public sealed class ValidationTests
{
    public static TheoryData<string, Action<CognitoUserSessionsOptions>> Wrong => new()
    {
        { "Region 'Europe' is not a region code.", options => options.Region = "Europe" },
        { "Region is missing. Set it to the region", options => (options.Region, options.Domain, options.DomainUrl) = (null, null, new("https://auth.example.com")) },
        { "Region is missing. Set it, because Domain is a prefix.", options => (options.Region, options.ServiceUrl) = (null, new("https://idp.example.com")) },
        { "ServiceUrl must use https. http is accepted for loopback", options => options.ServiceUrl = new("http://idp.example.com") },
        { "ServiceUrl must not hold a user name", options => options.ServiceUrl = new("https://me:pw@idp.example.com") },
        { "DomainUrl must use https.", options => (options.Domain, options.DomainUrl) = (null, new("http://auth.example.com")) },
        { "DomainUrl must be an address without a path", options => (options.Domain, options.DomainUrl) = (null, new("https://auth.example.com/oauth2/token")) },
        { "DomainUrl and Domain are both set.", options => options.DomainUrl = new("https://auth.example.com") },
        { "Domain is missing. CallbackUrls", options => options.Domain = null },
        { "Domain 'Acme' is not a valid prefix.", options => options.Domain = "Acme" },
        { "Domain 'a.b/c' must be a prefix or a host name", options => options.Domain = "a.b/c" },
        { "prefix domains in region cn-north-1 is not known", options => options.Region = "cn-north-1" },
        { "PlainHttpHosts: '*.intern' is a wildcard.", options => options.PlainHttpHosts = ["*.intern"] },
        { "ClientId is missing.", options => options.ClientId = "" },
        { "ClientId is not the id", options => options.ClientId = "an id" },
        { "ClientSecret must have at most", options => options.ClientSecret = "a secret" },
        { "ClientSecret must have at most 1,024", options => options.ClientSecret = new string('x', 1025) },
        { "ClientSecret must have at most 64", options => options.ClientSecret = new string('x', 65) },
        { "ClientSecret must have at most 64", options => options.ClientSecret = "with-hyphen" },
        { "CallbackUrls: 'callback' must be an absolute address", options => options.CallbackUrls = ["callback"] },
        { "must not have a fragment", options => options.CallbackUrls = ["https://app.example.com/callback#x"] },
        { "CallbackUrls: 'http://app.example.com/callback' must use https.", options => options.CallbackUrls = ["http://app.example.com/callback"] },
        { "LogoutUrls: 'bye' must be an absolute address", options => options.LogoutUrls = ["bye"] },
        { "ReturnOrigins: 'https://shop.example.com/path' must be scheme and host", options => options.ReturnOrigins = ["https://shop.example.com/path"] },
        { "ReturnOrigins: 'http://shop.example.com' must use https.", options => options.ReturnOrigins = ["http://shop.example.com"] },
        { "ReturnOrigins: '*' must be scheme and host", options => options.ReturnOrigins = ["*"] },
        { "StateKeys is missing. CallbackUrls need keys", options => options.StateKeys = [] },
        { "StateKeys: each key must be base64 of at least 32", options => options.StateKeys = [TestKeys.One, "c2hvcnQ="] },
        { "StateKeys and StateProtector are both set.", options => options.StateProtector = CognitoStateProtector.Create(data => data, data => data) },
        { "StateLifetime must be between", options => options.StateLifetime = TimeSpan.FromSeconds(59) },
        { "StateLifetime must be between", options => options.StateLifetime = TimeSpan.FromSeconds(3601) },
        { "Timeout must be between", options => options.Timeout = TimeSpan.FromMilliseconds(99) },
        { "Timeout must be between", options => options.Timeout = TimeSpan.FromSeconds(61) },
        { "MaxSignInRequestsPerSecond must be between", options => options.MaxSignInRequestsPerSecond = 0 },
        { "MaxSignInRequestsPerSecond must be between", options => options.MaxSignInRequestsPerSecond = 100_001 },
        { "CallbackUrls must not be null.", options => options.CallbackUrls = null! },
        { "HttpMessageHandler wraps a handler that follows redirects.", options => options.HttpMessageHandler = new PassingHandler { InnerHandler = new SocketsHttpHandler() } },
    };

    public static TheoryData<Action<CognitoUserSessionsOptions>> Right =>
    [
        _ => { },
        options => (options.Domain, options.CallbackUrls, options.StateKeys) = (null, [], []),
        options => options.Domain = "auth.example.com",
        options => (options.Region, options.ServiceUrl, options.Domain, options.DomainUrl) = (null, new("http://127.0.0.1:1"), null, new("http://localhost:1")),
        options => (options.PlainHttpHosts, options.ServiceUrl) = (["cognito:9229"], new("http://cognito:9229")),
        options => (options.StateLifetime, options.Timeout, options.MaxSignInRequestsPerSecond) = (TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), 1),
        options => (options.StateLifetime, options.Timeout, options.MaxSignInRequestsPerSecond) = (TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), 100_000),
        options => options.ClientSecret = new string('x', 62) + "_+",
        options => (options.ServiceUrl, options.ClientSecret) = (new("http://127.0.0.1:1"), new string('!', 1024)),
        options => options.HttpMessageHandler = new PassingHandler { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } },
    ];

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Mistake_in_the_options_is_named(string expected, Action<CognitoUserSessionsOptions> change)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Create(change));

        Assert.Contains(expected, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Right), DisableDiscoveryEnumeration = true)]
    public void Right_options_are_accepted(Action<CognitoUserSessionsOptions> change) => Create(change).Dispose();

    private static CognitoUserSessions Create(Action<CognitoUserSessionsOptions> change)
    {
        var options = new CognitoUserSessionsOptions
        {
            Region = "eu-west-1",
            Domain = "acme",
            ClientId = "1example23456789abcdefghij",
            CallbackUrls = ["https://app.example.com/callback"],
            StateKeys = [TestKeys.One],
        };
        change(options);
        return new CognitoUserSessions(options);
    }

    private sealed class PassingHandler : DelegatingHandler;
}
