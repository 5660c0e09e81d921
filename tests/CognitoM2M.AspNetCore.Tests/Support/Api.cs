using System.Net;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>A protected API that runs in memory.</summary>
internal sealed class Api : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Api(WebApplication app, ManualClock clock, LogRecorder log)
    {
        _app = app;
        Clock = clock;
        Log = log;
        Http = app.GetTestClient();
    }

    public ManualClock Clock { get; }

    public LogRecorder Log { get; }

    public HttpClient Http { get; }

    public TestServer Server => _app.GetTestServer();

    public IServiceProvider Services => _app.Services;

    /// <summary>Accepts the tokens of the usual user pool, without a network.</summary>
    public static void Usual(CognitoM2MAuthenticationOptions options)
    {
        options.UserPoolId = Pool.Usual.Id;
        options.ClientIds = [Pool.Client];
        options.Jwks = Pool.Usual.KeySet;
    }

    /// <summary>Starts an API with a scheme of the default name.</summary>
    public static Task<Api> StartAsync(
        Action<WebApplication> endpoints, Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) =>
        StartWithAsync(
            s =>
            {
                s.AddAuthentication().AddCognitoM2M(o =>
                {
                    Usual(o);
                    options?.Invoke(o);
                });
                services?.Invoke(s);
            },
            endpoints);

    /// <summary>Starts an API whose schemes the test registers.</summary>
    public static async Task<Api> StartWithAsync(Action<IServiceCollection> services, Action<WebApplication> endpoints)
    {
        var clock = new ManualClock();
        var log = new LogRecorder();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(Api).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddRouting().AddSingleton<TimeProvider>(clock);
        services(builder.Services);
        var app = builder.Build();
        endpoints(app);
        await app.StartAsync();
        return new Api(app, clock, log);
    }

    /// <summary>Sends a request with or without a token.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => SendAsync(path, token is null ? [] : [$"Bearer {token}"]);

    /// <summary>Whether the endpoint at / lets the caller in with a token.</summary>
    public async Task<bool> AcceptsAsync(string token)
    {
        using var response = await GetAsync("/", token);
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Sends a request with these Authorization headers, exactly as written.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params string[] authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var value in authorization)
            request.Headers.TryAddWithoutValidation("Authorization", value);
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>What an endpoint knows about its caller.</summary>
internal sealed record SeenUser(string? Name, string? AuthenticationType, string[] Claims)
{
    public static SeenUser Describe(HttpContext context) => new(
        context.User.Identity?.Name,
        context.User.Identity?.AuthenticationType,
        [.. context.User.Claims.Select(claim => $"{claim.Type}={claim.Value} ({claim.ValueType[(claim.ValueType.LastIndexOf('#') + 1)..]})")]);
}
