using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Tenants that appear while the API runs.</summary>
public sealed class TenantTests
{
    private static readonly Pool _new = new("us-east-1_NewTenant");

    [Fact]
    public async Task New_tenant_may_call_without_a_restart_and_its_lookup_uses_the_container()
    {
        var keys = new KeyServer();
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddSingleton<Tenants>().AddScoped<TenantReader>();
                services.AddAuthentication().AddCognitoM2M(options => options.CreateKeySetHttpClient = keys.Client);
                services.AddOptions<CognitoM2MAuthenticationOptions>("CognitoM2M").Configure<IServiceScopeFactory>((options, scopes) =>
                    options.Verification.FindTenant = async (issuer, clientId, _) =>
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        return scope.ServiceProvider.GetRequiredService<TenantReader>().Find(issuer, clientId);
                    });
            },
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"));

        using var before = await api.GetAsync("/", _new.Token());
        api.Services.GetRequiredService<Tenants>().Add(_new.Issuer, new TrustedUserPool { UserPoolId = _new.Id, ClientIds = [Pool.Client] });
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        using var after = await api.GetAsync("/", _new.Token());
        using var lacking = await api.GetAsync("/", _new.Token("x/y"));
        using var stranger = await api.GetAsync("/", _new.Token(change: payload => payload["iss"] = "https://stranger.example"));

        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
        after.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, lacking.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task Request_gets_503_with_Retry_After_if_the_lookup_of_its_tenant_fails()
    {
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"),
            options => options.Verification.FindTenant = (_, _, _) => throw new TimeoutException("no answer"));

        using var tenant = await api.GetAsync("/", _new.Token());
        using var usual = await api.GetAsync("/", Pool.Usual.Token());

        tenant.Is(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(tenant.Headers.RetryAfter);
        usual.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Scheme_may_be_chosen_by_the_issuer_of_the_unverified_token()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication("ByIssuer")
                .AddCognitoM2M("Usual", Api.Usual)
                .AddCognitoM2M("New", options =>
                {
                    Api.Usual(options);
                    options.UserPoolId = _new.Id;
                })
                .AddPolicyScheme("ByIssuer", displayName: null, options => options.ForwardDefaultSelector = context =>
                    CognitoAccessTokenVerifier.ReadUnverifiedIssuer(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)) == _new.Issuer ? "New" : "Usual"),
            app => app.MapGet("/", (System.Security.Claims.ClaimsPrincipal user) => user.Identity!.AuthenticationType).RequireAuthorization());

        Assert.Equal("New", await (await api.GetAsync("/", _new.Token())).Content.ReadAsStringAsync());
        Assert.Equal("Usual", await (await api.GetAsync("/", Pool.Usual.Token())).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("/", "junk")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("/", _new.Token()[..^10] + "AAAAAAAAAA")).StatusCode);
    }

    /// <summary>The tenants of the application, as a database would hold them.</summary>
    private sealed class Tenants
    {
        private readonly ConcurrentDictionary<string, TrustedUserPool> _pools = new();

        public void Add(string issuer, TrustedUserPool pool) => _pools[issuer] = pool;

        public TrustedUserPool? Find(string issuer) => _pools.GetValueOrDefault(issuer);
    }

    private sealed class TenantReader(Tenants tenants)
    {
        public TrustedUserPool? Find(string issuer, string clientId) => tenants.Find(issuer) is { } pool && pool.ClientIds.Contains(clientId) ? pool : null;
    }
}
