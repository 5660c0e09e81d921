using CognitoM2M.Testing;

namespace CognitoM2M.Emulator.Tests.HostedLogin;

public sealed class LoginTests : HostedLoginTest
{
    [Fact]
    public async Task User_who_signs_in_is_sent_back_with_a_code_and_the_state()
    {
        var start = await Browser.GetAsync(Authorize());
        Assert.Equal(302, start.StatusCode);
        Assert.StartsWith("/login?", start.Location, StringComparison.Ordinal);
        var form = await Browser.GetAsync(start.Location!);

        var result = await Browser.PostAsync(form, ("username", "ann"), ("password", Password));

        Assert.Equal(302, result.StatusCode);
        Assert.StartsWith(Callback + "&", result.Location, StringComparison.Ordinal);
        Assert.Equal("a state&more", result.Parameters["state"]);
        Assert.Equal(32, result.Parameters["code"].Length);
    }

    [Fact]
    public async Task Page_runs_no_script_loads_nothing_and_cannot_be_framed()
    {
        var form = await Browser.GetAsync((await Browser.GetAsync(Authorize())).Location!);

        Assert.DoesNotContain("<script", form.Content, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("//", form.Content.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'; style-src 'sha256-", form.Headers, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", form.Headers, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store", form.Headers, StringComparison.Ordinal);
        Assert.Contains("<label for=\"username\">User name</label>", form.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_password_shows_the_form_again_with_the_message()
    {
        var form = await Browser.GetAsync((await Browser.GetAsync(Authorize())).Location!);

        var result = await Browser.PostAsync(form, ("username", "ann"), ("password", "Wrong1!!"));

        Assert.Equal(400, result.StatusCode);
        Assert.Contains("<p role=\"alert\">Incorrect username or password.</p>", result.Content, StringComparison.Ordinal);
        Assert.Contains("value=\"ann\"", result.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Wrong1!!", result.Content, StringComparison.Ordinal);
        Assert.Equal(302, (await Browser.PostAsync(result, ("username", "ann"), ("password", Password))).StatusCode);
    }

    [Fact]
    public async Task Texts_of_the_caller_are_encoded()
    {
        var form = await Browser.GetAsync((await Browser.GetAsync(Authorize(("login_hint", "\"><script>x</script>"), ("state", "\"><b>")))).Location!);

        Assert.DoesNotContain("<script", form.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", form.Content, StringComparison.Ordinal);
        Assert.Contains("value=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;\"", form.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_of_another_browser_or_site_is_not_accepted()
    {
        var address = (await Browser.GetAsync(Authorize())).Location!;
        using var attacker = new Browser(Cognito.BaseAddress);
        using var victim = new Browser(Cognito.BaseAddress);
        var stolen = await attacker.GetAsync(address);

        foreach (var page in new[] { stolen, stolen with { Content = stolen.Content.Replace("_csrf", "other", StringComparison.Ordinal) } })
        {
            var result = await victim.PostAsync(page, ("username", "ann"), ("password", Password));
            Assert.Equal(400, result.StatusCode);
            Assert.Contains("The form has expired.", result.Content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task User_with_a_temporary_password_chooses_a_new_one()
    {
        Ann.SetPassword(Password, mustChangePassword: true);
        var form = await Browser.GetAsync((await Browser.GetAsync(Authorize())).Location!);

        var change = await Browser.PostAsync(form, ("username", "ann"), ("password", Password));
        Assert.Contains("Change password", change.Content, StringComparison.Ordinal);
        var weak = await Browser.PostAsync(change, ("new_password", "weak"));
        Assert.Contains("Password did not conform with policy: Password not long enough", weak.Content, StringComparison.Ordinal);
        var result = await Browser.PostAsync(weak, ("new_password", "Another1!"));

        Assert.Equal(302, result.StatusCode);
        Assert.False(Ann.MustChangePassword);
        // The session can be used once.
        Assert.Contains(
            "Invalid session for the user.", (await Browser.PostAsync(weak, ("new_password", "Third1!!"))).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signed_in_user_gets_the_next_code_without_the_form_for_an_hour()
    {
        await GetCodeAsync();

        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True((await Browser.GetAsync(Authorize(("prompt", "none")))).Parameters.ContainsKey("code"));
        Assert.StartsWith("/login?", (await Browser.GetAsync(Authorize(("prompt", "login")))).Location, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("/login?", (await Browser.GetAsync(Authorize())).Location, StringComparison.Ordinal);
        Assert.Equal("login_required", (await Browser.GetAsync(Authorize(("prompt", "none")))).Parameters["error"]);
    }

    [Fact]
    public async Task Session_ends_when_the_user_is_deleted()
    {
        await GetCodeAsync();
        Ann.Delete();

        Assert.StartsWith("/login?", (await Browser.GetAsync(Authorize())).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_out_ends_the_session_and_leads_to_an_address_of_the_client_only()
    {
        await GetCodeAsync();
        var start = $"/logout?client_id={Web.ClientId}&";

        Assert.Equal(400, (await Browser.GetAsync(start + "logout_uri=http%3A%2F%2Flocalhost%3A3000%2Fbye%2F")).StatusCode);
        Assert.Equal(400, (await Browser.GetAsync(start)).StatusCode);
        Assert.Equal(400, (await Browser.GetAsync("/logout?client_id=unknown&logout_uri=http%3A%2F%2Flocalhost%3A3000%2Fbye")).StatusCode);
        Assert.True((await Browser.GetAsync(Authorize(("prompt", "none")))).Parameters.ContainsKey("code"));

        Assert.Equal("http://localhost:3000/bye", (await Browser.GetAsync(start + "logout_uri=http%3A%2F%2Flocalhost%3A3000%2Fbye")).Location);
        Assert.StartsWith("/login?", (await Browser.GetAsync(Authorize())).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_out_can_redirect_to_the_sign_in_form()
    {
        await GetCodeAsync();

        var result = await Browser.GetAsync(Authorize().Replace("/oauth2/authorize", "/logout", StringComparison.Ordinal));

        Assert.StartsWith("/login?", result.Location, StringComparison.Ordinal);
        Assert.Contains("<form", (await Browser.GetAsync(result.Location!)).Content, StringComparison.Ordinal);
        Assert.Equal(400, (await Browser.GetAsync(
            Authorize(("redirect_uri", "http://evil.example/")).Replace("/oauth2/authorize", "/logout", StringComparison.Ordinal))).StatusCode);
    }
}
