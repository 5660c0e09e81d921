using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Challenges;

/// <summary>Requests are served while keys are late, missing, or change.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly KeyServer _keys = new();

    /// <summary>The ways in which an application sets its own events.</summary>
    public static TheoryData<string> WaysToSetEvents { get; } = ["none", "options", "derived", "container", "PostConfigure", "PostConfigureAll"];

    public void Dispose() => _keys.Dispose();

    [Theory]
    [MemberData(nameof(WaysToSetEvents))]
    public async Task Request_gets_503_with_Retry_After_without_keys_whatever_events_the_application_has(string way)
    {
        _keys.KeySet = null;
        await using var api = await StartAsync(
            bearer =>
            {
                if (way == "options")
                    bearer.Events = new JwtBearerEvents { OnChallenge = context => context.HttpContext.RequestServices.GetRequiredService<CountingEvents>().Challenge(context) };
                else if (way == "derived")
                    bearer.Events = new CountingEvents();
                else if (way == "container")
                    bearer.EventsType = typeof(CountingEvents);
            },
            services =>
            {
                services.AddSingleton<CountingEvents>();
                if (way == "PostConfigure")
                    services.PostConfigure<JwtBearerOptions>(BearerApi.Scheme, bearer => bearer.Events = new CountingEvents());
                if (way == "PostConfigureAll")
                    services.PostConfigureAll<JwtBearerOptions>(bearer => bearer.EventsType = typeof(CountingEvents));
            });

        using var first = await api.GetAsync("/", Pool.Usual.Token());
        using var second = await api.GetAsync("/any", Pool.Usual.Token());
        using var withoutToken = await api.GetAsync("/");
        _keys.KeySet = Pool.Usual.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(int.Parse(first.Headers.GetValues("Retry-After").Single())));
        using var third = await api.GetAsync("/", Pool.Usual.Token());

        first.Is(HttpStatusCode.ServiceUnavailable);
        second.Is(HttpStatusCode.ServiceUnavailable);
        withoutToken.Is(HttpStatusCode.Unauthorized, "Bearer scope=\"orders/read\"");
        third.Is(HttpStatusCode.OK);
        Assert.Equal(TimeSpan.FromSeconds(10), first.Headers.RetryAfter!.Delta);
        Assert.Equal(way == "none" ? [] : ["-", "-"], new[] { first, second }.SelectMany(Seen));
    }

    [Fact]
    public async Task Answer_that_the_application_writes_is_kept_while_no_keys_are_available()
    {
        _keys.KeySet = null;
        await using var api = await StartAsync(bearer => bearer.Events = new JwtBearerEvents
        {
            OnChallenge = context =>
            {
                context.HandleResponse();
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return Task.CompletedTask;
            },
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scheme_without_keys_answers_503_even_if_another_scheme_rejects_the_token(bool isFirst)
    {
        _keys.KeySet = null;
        await using var api = await Api.StartWithAsync(
            services =>
            {
                var authentication = services.AddAuthentication();
                if (!isFirst)
                    authentication.AddCognitoM2M("Own", Api.Usual);
                authentication.AddJwtBearer().UseCognitoM2M(BearerApi.Usual + BearerApi.DownloadFrom(_keys));
                if (isFirst)
                    authentication.AddCognitoM2M("Own", Api.Usual);
            },
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"));

        using var rejected = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["exp"] = 1));
        using var accepted = await api.GetAsync("/", Pool.Usual.Token());

        rejected.Is(HttpStatusCode.ServiceUnavailable);
        accepted.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_are_downloaded_while_the_host_starts_and_no_metadata_is_ever_requested()
    {
        using var backchannel = new KeyServer();
        await using var api = await StartAsync(bearer =>
        {
            bearer.Authority = Pool.Usual.Issuer;
            bearer.BackchannelHttpHandler = backchannel;
        });

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var unknownKey = await api.GetAsync("/", new Pool(keyId: "unknown").Token());
        api.Clock.Advance(TimeSpan.FromMinutes(10));
        using var unknownKeyLater = await api.GetAsync("/", new Pool(keyId: "unknown").Token());

        accepted.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, unknownKey.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknownKeyLater.StatusCode);
        Assert.Empty(backchannel.Requests);
        Assert.All(_keys.Requests, address => Assert.Equal($"{Pool.Usual.Issuer}/.well-known/jwks.json", address));
    }

    [Fact]
    public async Task Keys_are_not_downloaded_at_start_if_LoadKeysAtStart_is_false()
    {
        await using var api = await StartAsync(options: options => options.LoadKeysAtStart = false);
        using var anonymous = await api.GetAsync("/");
        Assert.Empty(_keys.Requests);

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
        Assert.Single(_keys.Requests);
    }

    [Fact]
    public async Task Rotated_key_is_accepted_without_a_restart_and_a_withdrawn_key_is_not()
    {
        await using var api = await StartAsync();
        var rotated = new Pool(keyId: "key-2");
        using var before = await api.GetAsync("/", Pool.Usual.Token());
        using var unknown = await api.GetAsync("/", rotated.Token());

        _keys.KeySet = rotated.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var after = await api.GetAsync("/", rotated.Token());
        using var withdrawn = await api.GetAsync("/", Pool.Usual.Token());

        before.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        after.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, withdrawn.StatusCode);
    }

    [Fact]
    public async Task Health_check_covers_the_scheme()
    {
        _keys.KeySet = null;
        await using var api = await BearerApi.StartAsync(
            app => app.MapHealthChecks("/health"),
            options: BearerApi.DownloadFrom(_keys),
            services: services => services.AddHealthChecks().AddCognitoM2MKeys());

        using var without = await api.GetAsync("/health");
        _keys.KeySet = Pool.Usual.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var with = await api.GetAsync("/health");

        Assert.Equal("Unhealthy", await without.Content.ReadAsStringAsync());
        Assert.Equal("Healthy", await with.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Seen(HttpResponseMessage response) => response.Headers.TryGetValues("X-Seen", out var seen) ? seen : [];

    private Task<Api> StartAsync(
        Action<JwtBearerOptions>? bearer = null, Action<IServiceCollection>? services = null, Action<CognitoM2MJwtBearerOptions>? options = null) =>
        BearerApi.StartAsync(bearer, BearerApi.DownloadFrom(_keys) + options, services);

    /// <summary>Events that see each challenge, and leave the answer to JwtBearer.</summary>
    private sealed class CountingEvents : JwtBearerEvents
    {
        public override Task Challenge(JwtBearerChallengeContext context)
        {
            // No error is named, because nothing is wrong with the token.
            context.Response.Headers["X-Seen"] = context.Error ?? "-";
            return Task.CompletedTask;
        }
    }
}
