using CognitoM2M.AspNetCore.JwtBearer.Challenges;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Logging;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Challenges;

/// <summary>What is logged of tokens.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Rejected_token_causes_one_line()
    {
        await using var api = await BearerApi.StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"));

        Assert.StartsWith(
            "Information 1 HTTP: GET /, scheme Bearer: the token of app client stranger was rejected (ClientNotAllowed): expected a client_id among 'ordersclient'; found 'stranger'.",
            Assert.Single(FindLines(api)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_that_anybody_can_write_cause_one_line_per_second_with_a_count()
    {
        await using var api = await BearerApi.StartAsync();

        for (var i = 0; i < 100; i++)
            using (await api.GetAsync("/", $"junk {i}"))
                continue;
        var line = Assert.Single(FindLines(api));
        Assert.StartsWith(
            "Information 2 HTTP: GET /, scheme Bearer: The token was rejected (Malformed): expected three parts separated by dots; found 1. At most one such line is written per second.",
            line,
            StringComparison.Ordinal);

        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Information 3 99 more requests were rejected within a second.", FindLines(api)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_known_app_clients_are_logged_while_many_forged_tokens_arrive()
    {
        await using var api = await BearerApi.StartAsync();
        for (var i = 0; i < 10; i++)
            using (await api.GetAsync("/", "junk"))
                continue;

        using var expired = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["exp"] = 1));
        using var other = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"));

        Assert.Equal(3, FindLines(api).Count);
    }

    [Fact]
    public async Task Line_about_an_ID_token_says_that_the_scheme_accepts_access_tokens_only()
    {
        await using var api = await BearerApi.StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["token_use"] = "id"));

        Assert.Contains("found 'id' (an ID token; to accept ID tokens, use AddCognitoM2M)", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_about_a_missing_scope_names_the_scopes_that_are_held_and_demanded()
    {
        await using var api = await BearerApi.StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token("orders/write"));

        Assert.StartsWith(
            "Information 5 HTTP: GET /, scheme Bearer: forbidden, because a scope is missing. App client ordersclient holds the scopes [orders/write]. Demanded: All of the scopes orders/read.",
            Assert.Single(FindLines(api)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejection_is_logged_even_if_an_event_handler_changes_it_to_no_result()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = context =>
            {
                context.NoResult();
                return Task.CompletedTask;
            },
        });

        using var response = await api.GetAsync("/", "junk");

        Assert.StartsWith("Information 2 ", Assert.Single(FindLines(api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepted_token_causes_no_line()
    {
        await using var api = await BearerApi.StartAsync();

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Empty(FindLines(api));
        Assert.DoesNotContain(api.Log.Lines, line => line.Contains("Authentication scheme Bearer: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_part_of_a_token_is_logged_at_any_level(bool showsPersonalData)
    {
        var before = IdentityModelEventSource.ShowPII;
        IdentityModelEventSource.ShowPII = showsPersonalData;
        try
        {
            await using var api = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters.ValidTypes = ["JWT"]);
            string[] tokens =
            [
                Pool.Usual.Token(),
                Pool.Usual.Token(changeHeader: header => header["typ"] = "JWT"),
                Pool.Usual.Token(change: payload => payload["client_id"] = "stranger"),
                Pool.Usual.Token(change: payload => payload["exp"] = 1),
                Pool.Usual.Token(change: payload => payload["exp"] = "soon"),
                Pool.Usual.Token(changeHeader: header => header["kid"] = "unknown"),
                Pool.Usual.Token() + "=",
                Pool.Usual.Token()[..^10] + "AAAAAAAAAA",
            ];

            foreach (var token in tokens)
            {
                using var response = await api.GetAsync("/", token);
                // Otherwise some of the lines would only be counted.
                api.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            var lines = api.Log.Lines.ToList();
            Assert.True(lines.Count(line => line.Contains("was rejected", StringComparison.Ordinal)) >= 7);
            var parts = tokens.SelectMany(token => token.Split('.')).Where(part => part.Length > 20).Select(part => part[..20]).Distinct().ToList();
            Assert.All(lines, line => Assert.DoesNotContain(parts, part => line.Contains(part, StringComparison.Ordinal)));
        }
        finally
        {
            IdentityModelEventSource.ShowPII = before;
        }
    }

    [Fact]
    public void Log_lines_of_JwtBearer_keep_their_category()
    {
        using var inner = new CategoryRecorder();

        new JwtBearerLoggerFactory(inner).CreateLogger(typeof(CognitoJwtBearerHandler).FullName!);

        Assert.Equal(["Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler"], inner.Categories);
    }

    /// <summary>The lines that say why a request was answered with an error.</summary>
    private static List<string> FindLines(Api api) => [.. api.Log.Find(LogLevel.Information).Where(line =>
        line.Contains("scheme Bearer: ", StringComparison.Ordinal) || line.Contains("more requests were rejected", StringComparison.Ordinal))];

    private sealed class CategoryRecorder : ILoggerFactory
    {
        public List<string> Categories { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            Categories.Add(categoryName);
            return Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
