using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>A token endpoint whose tokens live shorter than Cognito's ever do, so that a test sees many of their lifetimes.</summary>
internal sealed class CountingTokenEndpoint : IAsyncDisposable
{
    /// <summary>How long it takes to answer.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _application;
    private int _requests;

    private CountingTokenEndpoint(WebApplication application) => _application = application;

    public int Requests => Volatile.Read(ref _requests);

    public Uri Address => new($"{_application.Urls.Single()}/oauth2/token");

    public static async Task<CountingTokenEndpoint> StartAsync(TimeSpan lifetime)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var endpoint = new CountingTokenEndpoint(builder.Build());
        endpoint._application.Run(async context =>
        {
            var number = Interlocked.Increment(ref endpoint._requests);
            await Task.Delay(Latency, TimeProvider.System);
            context.Response.ContentType = "application/json;charset=UTF-8";
            await context.Response.WriteAsync($$"""{"access_token":"token-{{number}}","expires_in":{{(int)lifetime.TotalSeconds}},"token_type":"Bearer"}""");
        });
        await endpoint._application.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
