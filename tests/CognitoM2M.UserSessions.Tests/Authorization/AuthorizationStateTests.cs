using CognitoM2M.Testing;
using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Tests.Authorization;

/// <summary>The state of an authorization request: sealed, bound to one browser, and valid for a short time.</summary>
public sealed class AuthorizationStateTests : SessionsTest
{
    private static readonly CognitoAuthorizationParameters _account = new() { Scopes = ["openid", "aws.cognito.signin.user.admin"], ReturnUrl = "/orders?page=2#top" };

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
    public async Task State_is_accepted_until_its_end_and_not_longer()
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

    private Task<CognitoUserSessionException> RefuseStateAsync(string? query, string? verifier, CognitoUserSessions? sessions = null) =>
        AssertFailsAsync(SignInExpired, "invalid_state", () => (sessions ?? Sessions).CompleteAuthorizationAsync(query, verifier));
}
