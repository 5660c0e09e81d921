using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Support;

/// <summary>An HttpClient with the token of "orders" and with handlers of the user's around the token handler, and the API that it calls.</summary>
internal sealed class ApiBehindHandlers : IAsyncDisposable
{
    public ApiBehindHandlers(
        Func<DelegatingHandler>? outside = null,
        Func<DelegatingHandler>? inside = null,
        Action<CognitoM2MClientOptions>? configure = null,
        Action<IServiceCollection>? services = null) =>
        Service = new StubbedService(configure, collection =>
        {
            services?.Invoke(collection);
            var http = collection.AddHttpClient("api");
            if (outside is not null)
                http.AddHttpMessageHandler(outside);
            http.AddCognitoM2MToken("orders");
            if (inside is not null)
                http.AddHttpMessageHandler(inside);
            http.ConfigurePrimaryHttpMessageHandler(() => new InlineHandler(async (request, _) =>
            {
                if (AnswersLater)
                    await Task.Yield();
                lock (Calls)
                    Calls.Add($"{request.RequestUri} {(request.Headers.TryGetValues("Authorization", out var values) ? string.Join('|', values) : "-")}");
                return OnCall(request);
            }));
        });

    public StubbedService Service { get; }

    /// <summary>Address and Authorization header of each call that left the process, in order.</summary>
    public List<string> Calls { get; } = [];

    public Func<HttpRequestMessage, HttpResponseMessage> OnCall { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK);

    /// <summary>Whether answers come after the call has returned its task; by default they are there at once.</summary>
    public bool AnswersLater { get; set; }

    /// <summary>The tokens that the API rejects with 401 from now on.</summary>
    public void Reject(params string[] tokens) => OnCall = request =>
        new HttpResponseMessage(tokens.Contains(request.Headers.Authorization?.Parameter) ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);

    public Task<HttpStatusCode> CallAsync(string address, bool synchronous = false) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Get, address), synchronous);

    public async Task<HttpStatusCode> CallAsync(HttpRequestMessage request, bool synchronous = false)
    {
        using var client = Service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        using var response = synchronous ? client.Send(request) : await client.SendAsync(request);
        return response.StatusCode;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
