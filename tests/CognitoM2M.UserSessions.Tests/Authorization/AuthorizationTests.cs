using CognitoM2M.Emulator;
using CognitoM2M.Testing;
using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Tests.Authorization;

/// <summary>Sign-ins by authorization code, from the request to the tokens.</summary>
public sealed class AuthorizationTests : SessionsTest
{
    private static readonly CognitoAuthorizationParameters _account = new() { Scopes = ["openid", "aws.cognito.signin.user.admin"], ReturnUrl = "/orders?page=2#top" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Browser_signs_in_and_comes_back_to_the_return_address(bool hasSecret)
    {
        var sessions = Create(CreateClient("second", hasSecret));
        var begun = sessions.CreateAuthorization(_account);

        var signedIn = await sessions.CompleteAuthorizationAsync(await SignInWithBrowserAsync(begun), begun.CodeVerifier);

        Assert.Equal("/orders?page=2#top", signedIn.ReturnUrl);
        Assert.Equal(begun.Nonce, signedIn.Nonce);
        Assert.NotNull(signedIn.Tokens.IdToken);
        Assert.Equal("ann", (await sessions.GetUserAsync(signedIn.Tokens.AccessToken)).Username);
        Assert.NotNull((await sessions.RefreshAsync(signedIn.Tokens.RefreshToken!)).IdToken);
    }

    [Fact]
    public async Task Code_is_accepted_once()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var query = await SignInWithBrowserAsync(begun);
        await Sessions.CompleteAuthorizationAsync(query, begun.CodeVerifier);

        await AssertFailsAsync(SignInExpired, "invalid_grant", () => Sessions.CompleteAuthorizationAsync(query, begun.CodeVerifier));
    }

    [Fact]
    public void Address_has_all_parameters_and_shows_neither_verifier_nor_return_address()
    {
        var begun = Sessions.CreateAuthorization(new()
        {
            ReturnUrl = "/secret-place",
            IdentityProvider = "Google",
            Lang = "de",
            LoginHint = "ann@example.com",
            Prompt = "login",
        });

        var query = QueryHelpers.ParseQuery(begun.Address.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        Assert.Equal(new Uri(Cognito.BaseAddress, "oauth2/authorize").AbsoluteUri, begun.Address.GetLeftPart(UriPartial.Path));
        Assert.Equal(
            ["client_id", "code_challenge", "code_challenge_method", "identity_provider", "lang", "login_hint", "nonce", "prompt", "redirect_uri", "response_type", "scope", "state"],
            query.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("code", Web.ClientId, Callback, "openid"), (query["response_type"], query["client_id"], query["redirect_uri"], query["scope"]));
        Assert.Equal(("S256", "Google", "de", "ann@example.com", "login"), (query["code_challenge_method"], query["identity_provider"], query["lang"], query["login_hint"], query["prompt"]));
        Assert.Equal(begun.Nonce, query["nonce"]);
        Assert.Equal(43, begun.CodeVerifier.Length);
        Assert.DoesNotContain(begun.CodeVerifier, begun.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-place", begun.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("idp_identifier=example.com", Sessions.CreateAuthorization(new() { IdpIdentifier = "example.com" }).Address.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_request_has_a_verifier_a_nonce_and_a_state_of_its_own()
    {
        var (one, two) = (Sessions.CreateAuthorization(new()), Sessions.CreateAuthorization(new()));

        Assert.Equal(4, new[] { one.CodeVerifier, one.Nonce, two.CodeVerifier, two.Nonce }.Distinct().Count());
        Assert.NotEqual(QueryHelpers.ParseQuery(one.Address.Query)["state"], QueryHelpers.ParseQuery(two.Address.Query)["state"]);
    }

    [Fact]
    public async Task Redirect_URI_that_is_not_configured_is_refused_before_anything_is_sent()
    {
        const string evil = "http://localhost:3000/callback/";
        var two = Create(Web, options => options.CallbackUrls = [Callback, "http://localhost:3000/other"]);

        Assert.Throws<ArgumentException>(() => Sessions.CreateAuthorization(new() { RedirectUri = evil }));
        Assert.Throws<ArgumentException>(() => two.CreateAuthorization(new()));
        Assert.Contains(Uri.EscapeDataString(Callback), two.CreateAuthorization(new() { RedirectUri = Callback }).Address.Query, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Sessions.ExchangeCodeAsync("code", evil, new string('v', 43)));
        Assert.DoesNotContain(evil, refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Sessions.ExchangeCodeAsync("code", Callback, new string('v', 42)));
        await Assert.ThrowsAsync<ArgumentException>(() => Sessions.ExchangeCodeAsync("code", Callback, new string('v', 129)));
        Assert.Equal(0, Cognito.TokenRequests.Total);
        await AssertFailsAsync(SignInExpired, "invalid_grant", () => Sessions.ExchangeCodeAsync("code", Callback, new string('v', 128)));
    }

    [Fact]
    public async Task Code_of_another_sign_in_has_another_nonce()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var code = QueryHelpers.ParseQuery(await SignInWithBrowserAsync(begun))["code"].ToString();

        await AssertFailsAsync(SignInExpired, "invalid_nonce", () => Sessions.ExchangeCodeAsync(code, Callback, begun.CodeVerifier, nonce: "another"));
    }

    [Fact]
    public async Task Code_can_be_exchanged_with_a_state_of_the_caller()
    {
        var begun = Sessions.CreateAuthorization(new() { Scopes = ["aws.cognito.signin.user.admin"] });
        var code = QueryHelpers.ParseQuery(await SignInWithBrowserAsync(begun))["code"].ToString();

        var tokens = await Sessions.ExchangeCodeAsync(code, Callback, begun.CodeVerifier);

        Assert.Equal("ann", (await Sessions.GetUserAsync(tokens.AccessToken)).Username);
    }

    [Fact]
    public async Task Settings_of_the_client_that_do_not_fit_are_mistakes_of_the_configuration()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var query = await SignInWithBrowserAsync(begun);
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError("invalid_client"));
        await AssertFailsAsync(Configuration, "invalid_client", () => Sessions.CompleteAuthorizationAsync(query, begun.CodeVerifier));

        Cognito.Faults.Clear();
        Web.AllowedOAuthFlowsUserPoolClient = false;
        var off = await AssertFailsAsync(SignInExpired, "invalid_grant", () => Sessions.CompleteAuthorizationAsync(query, begun.CodeVerifier));
        Assert.Contains("AllowedOAuthFlowsUserPoolClient", off.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_without_the_scope_of_the_account_cannot_read_the_user()
    {
        var begun = Sessions.CreateAuthorization(new());
        var signedIn = await Sessions.CompleteAuthorizationAsync(await SignInWithBrowserAsync(begun), begun.CodeVerifier);

        var failure = await AssertFailsAsync(Configuration, "NotAuthorizedException", () => Sessions.GetUserAsync(signedIn.Tokens.AccessToken));

        Assert.Contains("aws.cognito.signin.user.admin", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_address_ends_the_session_of_the_browser()
    {
        using var browser = new Browser(Cognito.BaseAddress);
        await SignInWithBrowserAsync(Sessions.CreateAuthorization(new()), browser);

        var page = await browser.GetAsync(Sessions.CreateLogoutAddress().AbsoluteUri);

        Assert.Equal(Bye, page.Location);
        var form = await browser.GetAsync(Sessions.CreateAuthorization(new()).Address.AbsoluteUri);
        Assert.StartsWith("/login", form.Location, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sessions.CreateLogoutAddress("http://localhost:3000/bye/"));
    }

    [Fact]
    public void Malformed_parameters_are_mistakes_of_the_application()
    {
        Assert.Throws<ArgumentException>(() => Sessions.CreateAuthorization(new() { Scopes = [] }));
        Assert.Throws<ArgumentException>(() => Sessions.CreateAuthorization(new() { Scopes = ["open id"] }));
        Assert.Throws<ArgumentException>(() => Sessions.CreateAuthorization(new() { IdentityProvider = "Google", IdpIdentifier = "example.com" }));
        Assert.Throws<ArgumentException>(() => Sessions.CreateAuthorization(new() { LoginHint = "" }));
        Assert.Throws<ArgumentException>(() => Sessions.CreateAuthorization(new() { LoginHint = new string('x', 257) }));
        Assert.NotNull(Sessions.CreateAuthorization(new() { LoginHint = new string('x', 256) }));
    }
}
