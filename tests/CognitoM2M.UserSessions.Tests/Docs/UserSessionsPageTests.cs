using System.Globalization;
using System.Net;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.UserSessions.Tests.Docs;

/// <summary>The code in docs/user-sessions.md is compiled and works, and its tables equal the tables of the code.</summary>
public sealed class UserSessionsPageTests : SessionsTest
{
    private static readonly string _page = Checkout.Read("docs/user-sessions.md");

    public static TheoryData<string> CodeBlocks { get; } =
    [
        .. RemoveIndentation(_page).Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("\n```", StringComparison.Ordinal)]),
    ];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Code_on_the_page_is_compiled(string block)
    {
        var compiled = RemoveIndentation(Checkout.Read("tests/CognitoM2M.UserSessions.Tests/Docs/UserSessionsPage.cs"));

        // The lines of one block may stand in several places of the file.
        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_of_errors_matches_the_code()
    {
        var table = string.Concat(SessionFailures.Table.Concat(OwnErrors.Rows).Select(Describe));

        Assert.Contains(table, _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_message_to_users_is_on_the_page() => Assert.All(
        SessionFailures.Table.Concat(OwnErrors.Rows).Select(row => row.UserMessage).Distinct(),
        message => Assert.Contains(message, _page, StringComparison.Ordinal));

    [Fact]
    public async Task Application_on_the_page_signs_in_and_out()
    {
        await using var app = await StartAsync(UserSessionsPage.Map);
        using var application = CreateHttpClient(app);
        using var login = await application.GetAsync(new Uri("login?returnUrl=%2Forders", UriKind.Relative));
        var cookie = ReadCookies(login);
        Assert.Contains("httponly", login.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);

        using var browser = new Browser(Cognito.BaseAddress);
        var form = await browser.GetAsync((await browser.GetAsync(login.Headers.Location!.AbsoluteUri)).Location!);
        var query = new Uri((await browser.PostAsync(form, ("username", "ann"), ("password", Password))).Location!).Query;

        using var stolen = await SendAsync(application, HttpMethod.Get, $"callback{query}", cookie: null);
        Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);
        Assert.Equal("<p>This sign-in has expired. Sign in again.</p><p><a href=\"/login\">Sign in</a></p>", await stolen.Content.ReadAsStringAsync());
        using var callback = await SendAsync(application, HttpMethod.Get, $"callback{query}", cookie);
        Assert.Equal("/orders", callback.Headers.Location?.OriginalString);
        using var logout = await SendAsync(application, HttpMethod.Post, "logout", ReadCookies(callback));
        Assert.Equal(Sessions.CreateLogoutAddress(), logout.Headers.Location);
        Assert.Equal(1, Cognito.JsonApiRequests.Count("RevokeToken"));

    }

    [Fact]
    public async Task Application_on_the_page_signs_out_although_the_revocation_fails()
    {
        await using var app = await StartAsync(UserSessionsPage.Map);
        using var application = CreateHttpClient(app);
        using var callback = await SignInAsync(application, "%2Forders");
        Cognito.Faults.Set("RevokeToken", EmulatorFault.Status(503));

        using var logout = await SendAsync(application, HttpMethod.Post, "logout", ReadCookies(callback));

        Assert.Equal(Sessions.CreateLogoutAddress(), logout.Headers.Location);
        Assert.StartsWith(".AspNetCore.Cookies=;", logout.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(1, Cognito.JsonApiRequests.Count("RevokeToken"));
    }

    [Fact]
    public async Task Application_on_the_page_sends_nobody_to_another_site()
    {
        await using var app = await StartAsync(UserSessionsPage.Map);
        using var application = CreateHttpClient(app);

        using var callback = await SignInAsync(application, "%2F%2Fevil.example.com");

        Assert.Equal("/", callback.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Password_form_on_the_page_leads_to_a_new_password()
    {
        Ann.SetPassword("Temporary1!", mustChangePassword: true);
        await using var app = await StartAsync(UserSessionsPage.MapPasswords);
        using var browser = new Browser(new Uri(app.Urls.Single()));
        var form = await browser.GetAsync("password");

        Assert.Equal(UserMessages.NotSignedIn, (await browser.PostAsync(form, ("username", "ann"), ("password", "wrong"))).Content);
        var challenge = await browser.PostAsync(form, ("username", "ann"), ("password", "Temporary1!"));
        Assert.Equal(UserMessages.ChooseAnotherPassword, (await browser.PostAsync(challenge, ("newPassword", "weak"))).Content);
        Assert.Equal("signed in", (await browser.PostAsync(challenge, ("newPassword", "Another1!"))).Content);
        Assert.Equal("signed in", (await browser.PostAsync(form, ("username", "ann"), ("password", "Another1!"))).Content);
    }

    [Theory]
    [InlineData("password", "username", "password")]
    [InlineData("new-password", "challenge", "newPassword")]
    public async Task Form_that_another_site_posts_is_refused(string address, string first, string second)
    {
        await using var app = await StartAsync(UserSessionsPage.MapPasswords);
        using var http = CreateHttpClient(app);
        using var content = new FormUrlEncodedContent([KeyValuePair.Create(first, "ann"), KeyValuePair.Create(second, Password)]);

        using var response = await http.PostAsync(new Uri(address, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(0, Cognito.JsonApiRequests.Total);
    }

    private static HttpClient CreateHttpClient(WebApplication app) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };

    /// <summary>Signs in from the first request to the answer of the callback.</summary>
    private async Task<HttpResponseMessage> SignInAsync(HttpClient application, string returnUrl)
    {
        using var login = await application.GetAsync(new Uri($"login?returnUrl={returnUrl}", UriKind.Relative));
        using var browser = new Browser(Cognito.BaseAddress);
        var form = await browser.GetAsync((await browser.GetAsync(login.Headers.Location!.AbsoluteUri)).Location!);
        var query = new Uri((await browser.PostAsync(form, ("username", "ann"), ("password", Password))).Location!).Query;
        return await SendAsync(application, HttpMethod.Get, $"callback{query}", ReadCookies(login));
    }

    private async Task<WebApplication> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CognitoM2M:UserSessions:ServiceUrl"] = Cognito.BaseAddress.AbsoluteUri,
            ["CognitoM2M:UserSessions:DomainUrl"] = Cognito.BaseAddress.AbsoluteUri,
            ["CognitoM2M:UserSessions:ClientId"] = Web.ClientId,
            ["CognitoM2M:UserSessions:CallbackUrls"] = Callback,
            ["CognitoM2M:UserSessions:LogoutUrls"] = Bye,
        });
        // No time limit ends on a clock that stands still, however slow the machine is.
        builder.Services.AddSingleton<TimeProvider>(Clock);
        UserSessionsPage.AddServices(builder);
        UserSessionsPage.AddDataProtection(builder);
        UserSessionsPage.AddAntiforgery(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string address, string? cookie)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request);
    }

    private static string ReadCookies(HttpResponseMessage response) => string.Join(
        "; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('=')));

    private static string Describe(ErrorRow row)
    {
        var details = string.Join(", ", new[] { row.Part is null ? null : $"\"{row.Part}\"", row.Step is { } step ? $"step {step}" : null }.OfType<string>());
        var retry = row.RetryAfter is not { } pause ? "no"
            : pause < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"after {pause.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"after {pause.TotalMinutes:0} min");
        return $"| `{row.Error}`{(details.Length == 0 ? "" : $" ({details})")} | `{row.Failure}` | {FindNumber(row.UserMessage)} | {retry} |\n";
    }

    /// <summary>The letter of a message in the list of messages on the page.</summary>
    private static string FindNumber(string message) =>
        _page.Split('\n').Single(line => line.EndsWith($"| {message} |", StringComparison.Ordinal))[2..3];

    private static string RemoveIndentation(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
