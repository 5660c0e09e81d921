using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>A token endpoint that counts its requests. Its tokens may live shorter than Cognito's, so that a test sees many lifetimes.</summary>
internal sealed class CountingTokenEndpoint : IAsyncDisposable
{
    /// <summary>How long the endpoint takes to answer.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _application;
    private int _requests;

    private CountingTokenEndpoint(WebApplication application) => _application = application;

    public int Requests => Volatile.Read(ref _requests);

    public Uri Address => new($"{_application.Urls.Single()}/oauth2/token");

    /// <summary>Issues tokens, too, and does not count the requests.</summary>
    public Uri WarmUpAddress => new($"{_application.Urls.Single()}/warm-up");

    public static async Task<CountingTokenEndpoint> StartAsync(TimeSpan lifetime)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var endpoint = new CountingTokenEndpoint(builder.Build());
        endpoint._application.Run(async context =>
        {
            var number = context.Request.Path == endpoint.Address.AbsolutePath ? Interlocked.Increment(ref endpoint._requests) : 0;
            await Task.Delay(Latency, TimeProvider.System);
            context.Response.ContentType = "application/json;charset=UTF-8";
            await context.Response.WriteAsync($$"""{"access_token":"token-{{number}}","expires_in":{{(int)lifetime.TotalSeconds}},"token_type":"Bearer"}""");
        });
        await endpoint._application.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
