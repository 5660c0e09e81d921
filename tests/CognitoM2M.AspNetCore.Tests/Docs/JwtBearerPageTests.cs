using System.Net;
using System.Text.Json;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Verdicts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.Tests.Docs;

/// <summary>The API of docs/verification.md that serves users of another issuer beside machines.</summary>
public sealed class JwtBearerPageTests
{
    private const string UserIssuer = "https://login.example.com";

    private static readonly SymmetricSecurityKey _userKey = new(new byte[32]);

    [Fact]
    public async Task Api_on_the_page_serves_users_and_machines()
    {
        await using var app = await StartAsync();
        var (user, machine) = (CreateUserToken(), Pool.Usual.Token());

        using var userAtMe = await GetAsync(app, "/me", user);
        using var machineAtMe = await GetAsync(app, "/me", machine);
        using var userAtOrders = await GetAsync(app, "/orders", user);
        using var machineAtOrders = await GetAsync(app, "/orders", machine);

        Assert.Equal(Pool.Client, await machineAtMe.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (userAtMe.StatusCode, machineAtOrders.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, userAtOrders.StatusCode);
    }

    [Theory]
    [InlineData("/me")]
    [InlineData("/orders")]
    public async Task Rejected_callers_get_one_body_and_a_challenge(string path)
    {
        await using var app = await StartAsync();

        foreach (var token in (string[])["x", Pool.Usual.Token(change: payload => payload["client_id"] = "another"), CreateUserToken(audience: "another")])
        {
            using var response = await GetAsync(app, path, token);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains("error=\"invalid_token\"", Assert.Single(response.Challenges()), StringComparison.Ordinal);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(401, body.RootElement.GetProperty("status").GetInt32());
        }
    }

    [Fact]
    public void Selector_on_the_page_chooses_a_scheme_for_any_text()
    {
        Assert.All(VerdictTable.Cases, verdict => Assert.Equal("Machines", Select($"Bearer {verdict.Token}")));
        Assert.Equal("Machines", Select(""));
        Assert.Equal("Machines", Select("Basic eDp5"));
        Assert.Equal("Users", Select($"Bearer {CreateUserToken()}"));

        static string Select(string authorization) => JwtBearerPage.Select(new DefaultHttpContext { Request = { Headers = { Authorization = authorization } } });
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(new ManualClock());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Authentication:Schemes:Machines:UserPoolId"] = Pool.Usual.Id,
            ["Authentication:Schemes:Machines:ClientIds"] = Pool.Client,
            ["Authentication:Schemes:Machines:Jwks"] = Pool.Usual.KeySet,
        });
        JwtBearerPage.AddUsersAndMachines(builder);
        builder.Services.PostConfigure<JwtBearerOptions>("Users", options =>
        {
            options.Configuration = new OpenIdConnectConfiguration { Issuer = UserIssuer };
            options.Configuration.SigningKeys.Add(_userKey);
            options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(options.Configuration);
        });
        var app = builder.Build();
        JwtBearerPage.MapUsersAndMachines(app);
        await app.StartAsync();
        return app;
    }

    private static Task<HttpResponseMessage> GetAsync(WebApplication app, string path, string token)
    {
        var http = app.GetTestClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return http.GetAsync(new Uri(path, UriKind.Relative));
    }

    private static string CreateUserToken(string audience = "orders") => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = UserIssuer,
        Audience = audience,
        Claims = new Dictionary<string, object> { ["exp"] = 4_102_444_800L },
        SigningCredentials = new SigningCredentials(_userKey, SecurityAlgorithms.HmacSha256),
    });
}
