using CognitoM2M.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>A protected API, served in memory.</summary>
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

    /// <summary>Settings that accept the usual pool's tokens without a network.</summary>
    public static void Usual(CognitoM2MAuthenticationOptions options)
    {
        options.UserPoolId = Pool.Usual.Id;
        options.ClientIds = [Pool.Client];
        options.Verification.KeySet = Pool.Usual.KeySet;
    }

    /// <summary>An API with the scheme of the usual name.</summary>
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

    /// <summary>An API whose schemes the test registers.</summary>
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

    /// <summary>Asks with a token, or without.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => SendAsync(path, token is null ? [] : [$"Bearer {token}"]);

    /// <summary>Asks with these headers Authorization, exactly as written.</summary>
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

/// <summary>What an endpoint sees of its caller.</summary>
internal sealed record Seen(string? Name, string? AuthenticationType, string[] Claims)
{
    public static Seen By(HttpContext context) => new(
        context.User.Identity?.Name,
        context.User.Identity?.AuthenticationType,
        [.. context.User.Claims.Select(claim => $"{claim.Type}={claim.Value} ({claim.ValueType[(claim.ValueType.LastIndexOf('#') + 1)..]})")]);
}
