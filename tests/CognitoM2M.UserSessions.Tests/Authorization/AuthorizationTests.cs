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
    public async Task Code_works_once()
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
    public async Task Verifier_of_another_browser_is_refused_and_the_code_is_not_sent()
    {
        var (victim, attacker) = (Sessions.CreateAuthorization(_account), Sessions.CreateAuthorization(_account));
        var query = await SignInWithBrowserAsync(attacker);

        await RefuseStateAsync(query, victim.CodeVerifier);
        await RefuseStateAsync(query, null);
        await RefuseStateAsync(query, "");
        await RefuseStateAsync(query, attacker.CodeVerifier + "é");

        // The code was not used up.
        Assert.NotNull(await Sessions.CompleteAuthorizationAsync(query, attacker.CodeVerifier));
    }

    [Fact]
    public async Task State_that_was_changed_at_any_place_is_refused()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var state = QueryHelpers.ParseQuery(begun.Address.Query)["state"].ToString();

        for (var i = 0; i < state.Length - 1; i++)
            await RefuseStateAsync($"code=c&state={state[..i]}{(state[i] == 'A' ? 'B' : 'A')}{state[(i + 1)..]}", begun.CodeVerifier);
        foreach (var wrong in new[] { "", "x", state[..^4], state + "AAAA", new string('A', 10_000), "%FF" })
            await RefuseStateAsync($"code=c&state={wrong}", begun.CodeVerifier);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("code=c")]
    public async Task Callback_without_a_state_is_refused(string? query) => await RefuseStateAsync(query, Sessions.CreateAuthorization(new()).CodeVerifier);

    [Fact]
    public async Task State_without_a_code_and_repeated_parameters_are_refused()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var query = await SignInWithBrowserAsync(begun);

        await RefuseStateAsync($"state={QueryHelpers.ParseQuery(query)["state"]}", begun.CodeVerifier);
        await RefuseStateAsync($"{query}&code=other", begun.CodeVerifier);
        await RefuseStateAsync($"{query}&state=other", begun.CodeVerifier);
        await RefuseStateAsync($"{query}&x={new string('x', 20_000)}", begun.CodeVerifier);
        Assert.NotNull(await Sessions.CompleteAuthorizationAsync($"{query}&unknown=1", begun.CodeVerifier));
    }

    [Fact]
    public async Task State_works_until_its_end_and_not_longer()
    {
        var (inTime, late) = (Sessions.CreateAuthorization(_account), Sessions.CreateAuthorization(_account));
        Assert.Equal(Clock.GetUtcNow() + TimeSpan.FromMinutes(15), inTime.ExpiresAt);

        Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        var (first, second) = (await SignInWithBrowserAsync(inTime), await SignInWithBrowserAsync(late));
        Assert.NotNull(await Sessions.CompleteAuthorizationAsync(first, inTime.CodeVerifier));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await RefuseStateAsync(second, late.CodeVerifier);
    }

    [Fact]
    public async Task State_of_another_client_another_key_or_a_challenge_is_refused()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var query = await SignInWithBrowserAsync(begun);
        var challenge = Sessions.SealChallenge(new CognitoChallenge("SMS_MFA", "ann", "session"));

        await RefuseStateAsync(query, begun.CodeVerifier, Create(CreateClient("second", hasSecret: false)));
        await RefuseStateAsync(query, begun.CodeVerifier, Create(Web, options => options.StateKeys = [TestKeys.Two]));
        await RefuseStateAsync($"code=c&state={challenge}", begun.CodeVerifier);
        await AssertFailsAsync(SignInExpired, "invalid_challenge", () => Task.FromResult(Sessions.OpenChallenge(QueryHelpers.ParseQuery(query)["state"])));
    }

    [Fact]
    public async Task State_for_a_callback_or_a_return_address_that_is_not_allowed_any_more_is_refused()
    {
        var wide = Create(Web, options => options.ReturnOrigins = ["https://shop.example.com"]);
        var begun = wide.CreateAuthorization(new() { ReturnUrl = "https://shop.example.com/orders" });
        var query = await SignInWithBrowserAsync(begun);

        await RefuseStateAsync(query, begun.CodeVerifier);
        await RefuseStateAsync(query, begun.CodeVerifier, Create(Web, options => (options.ReturnOrigins, options.CallbackUrls) = (["https://shop.example.com"], ["http://localhost:3000/other"])));
        Assert.Equal("https://shop.example.com/orders", (await wide.CompleteAuthorizationAsync(query, begun.CodeVerifier)).ReturnUrl);
    }

    [Fact]
    public async Task Key_can_be_replaced_without_losing_states()
    {
        var begun = Sessions.CreateAuthorization(_account);
        var query = await SignInWithBrowserAsync(begun);
        var replaced = Create(Web, options => options.StateKeys = [TestKeys.Two, TestKeys.One]);

        Assert.NotNull(await replaced.CompleteAuthorizationAsync(query, begun.CodeVerifier));
        var after = replaced.CreateAuthorization(_account);
        await RefuseStateAsync(await SignInWithBrowserAsync(after), after.CodeVerifier);
    }

    [Fact]
    public async Task Error_of_the_callback_counts_only_with_a_valid_state()
    {
        var begun = Sessions.CreateAuthorization(new() { Prompt = "none" });
        using var browser = new Browser(Cognito.BaseAddress);
        var page = await browser.GetAsync(begun.Address.AbsoluteUri);
        var query = new Uri(page.Location!).Query;
        Assert.Equal("login_required", page.Parameters["error"]);

        await AssertFailsAsync(SignInCancelled, "login_required", () => Sessions.CompleteAuthorizationAsync(query, begun.CodeVerifier));
        await RefuseStateAsync(query, Sessions.CreateAuthorization(new()).CodeVerifier);
        await RefuseStateAsync("error=login_required", begun.CodeVerifier);
        var unknown = await AssertFailsAsync(Unknown, "unknown_callback_error", () => Sessions.CompleteAuthorizationAsync(
            query.Replace("login_required", "whatever-they-say", StringComparison.Ordinal), begun.CodeVerifier));
        Assert.DoesNotContain("whatever", unknown.ToString(), StringComparison.Ordinal);
        await AssertFailsAsync(Refused, "invalid_request", () => Sessions.CompleteAuthorizationAsync(
            query.Replace("login_required", "invalid_request", StringComparison.Ordinal), begun.CodeVerifier));
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

    private Task<CognitoUserSessionException> RefuseStateAsync(string? query, string? verifier, CognitoUserSessions? sessions = null) =>
        AssertFailsAsync(SignInExpired, "invalid_state", () => (sessions ?? Sessions).CompleteAuthorizationAsync(query, verifier));

    /// <summary>Does what a browser does until it comes back to the callback.</summary>
    /// <returns>The query of the callback.</returns>
    private async Task<string> SignInWithBrowserAsync(CognitoAuthorization begun, Browser? known = null)
    {
        var browser = known ?? new Browser(Cognito.BaseAddress);
        try
        {
            var form = await browser.GetAsync((await browser.GetAsync(begun.Address.AbsoluteUri)).Location!);
            var page = await browser.PostAsync(form, ("username", "ann"), ("password", Password));
            return new Uri(page.Location!).Query;
        }
        finally
        {
            if (known is null)
                browser.Dispose();
        }
    }
}
