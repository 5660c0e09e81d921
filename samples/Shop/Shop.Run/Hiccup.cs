using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.Run;

/// <summary>Lets the API answer one request with 503, as a server that restarts does.</summary>
internal sealed class Hiccup : IStartupFilter
{
    private int _failures;

    public void FailOnce() => Interlocked.Increment(ref _failures);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(FailAsync);
        next(app);
    };

    private Task FailAsync(HttpContext context, RequestDelegate next)
    {
        if (Interlocked.Exchange(ref _failures, 0) == 0)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
