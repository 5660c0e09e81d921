using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConsoleConsumer;

/// <summary>The API that is called: <c>GET /orders</c> for bearers of a token with the scope <c>orders/read</c>.</summary>
internal sealed class SampleApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _answers401;

    private SampleApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How often it answered 401.</summary>
    public long Answers401 => Interlocked.Read(ref _answers401);

    public static async Task<SampleApi> StartAsync(TokenCheck tokens)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();

        var api = new SampleApi(builder.Build());
        api._app.MapGet("/orders", (HttpContext context) => api.AnswerAsync(context, tokens));
        await api._app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, TokenCheck tokens)
    {
        if (!await tokens.AcceptsAsync(context.Request.Headers.Authorization.ToString()))
        {
            Interlocked.Increment(ref _answers401);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return;
        }

        await context.Response.WriteAsync("[]");
    }
}
