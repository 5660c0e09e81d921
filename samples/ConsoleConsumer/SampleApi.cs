using CognitoM2M.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProtectedApi;

namespace ConsoleConsumer;

/// <summary>The sample <c>ProtectedApi</c> in this process, on a free port, which counts its requests.</summary>
internal sealed class SampleApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Answers _answers;

    private SampleApi(WebApplication app, Answers answers) => (_app, _answers) = (app, answers);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How many requests the API received.</summary>
    public long Requests => Interlocked.Read(ref _answers.All);

    /// <summary>How many requests the API answered with 401.</summary>
    public long Answers401 => Interlocked.Read(ref _answers.Unauthorized);

    public static async Task<SampleApi> StartAsync(string readScope, Action<CognitoM2MAuthenticationOptions> configure)
    {
        var answers = new Answers();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication().AddCognitoM2M(configure);
        builder.Services.AddSingleton<IStartupFilter>(answers);

        var app = OrdersApi.Build(builder, readScope);
        await app.StartAsync();
        return new SampleApi(app, answers);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Counts answers. A startup filter runs before authentication, so rejected requests are counted too.</summary>
    private sealed class Answers : IStartupFilter
    {
        public long All;
        public long Unauthorized;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext context, RequestDelegate rest) =>
            {
                Interlocked.Increment(ref All);
                await rest(context);
                if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
                    Interlocked.Increment(ref Unauthorized);
            });
            next(app);
        };
    }
}
