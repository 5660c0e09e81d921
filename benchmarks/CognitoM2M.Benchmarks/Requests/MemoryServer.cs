using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CognitoM2M.Benchmarks.Requests;

/// <summary>
/// A server without a network: it gives requests to the middleware of an application, on the thread of its caller. The server of
/// Microsoft.AspNetCore.TestHost would change threads in each request, which takes longer than the middleware.
/// </summary>
internal sealed class MemoryServer : IServer
{
    private Func<IFeatureCollection, Task>? _process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = async features =>
        {
            var context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
            }
            finally
            {
                application.DisposeContext(context, exception: null);
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <summary>Sends a request with a header Authorization.</summary>
    /// <returns>The status code of the response.</returns>
    public async Task<int> GetAsync(string path, string authorization)
    {
        var response = new HttpResponseFeature();
        var request = new HttpRequestFeature { Protocol = "HTTP/1.1", Method = "GET", Scheme = "http", Path = path };
        request.Headers.Host = "api.example.com";
        request.Headers.Authorization = authorization;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        await _process!(features);
        return response.StatusCode;
    }
}
