using System.Net;
using System.Net.Http.Headers;
using CognitoM2M;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Company.Api.Tests;

public sealed class WorkerTests
{
    [Fact]
    public async Task Worker_calls_the_api_with_a_token()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        using var api = new StubApi();
        using var worker = CreateWorker(cognito, api);

        await worker.StartAsync();
        var authorization = await api.FirstCall.WaitAsync(TimeSpan.FromMinutes(1));
        await worker.StopAsync();

        Assert.Equal("Bearer", authorization?.Scheme);
        Assert.Equal(1, cognito.Emulator.TokenRequests.Total);
    }

    [Fact]
    public async Task Api_is_not_called_without_a_token()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        using var api = new StubApi();
        using var worker = CreateWorker(cognito, api);
        cognito.Emulator.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError("invalid_client"));

        using var http = worker.Services.GetRequiredService<IHttpClientFactory>().CreateClient("worker");
        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => http.GetStringAsync("items"));

        Assert.Equal("invalid_client", failure.Error);
        Assert.False(api.FirstCall.IsCompleted);
    }

    private static IHost CreateWorker(CognitoFixture cognito, HttpMessageHandler api)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CognitoM2M:Clients:worker:Domain"] = "example",
            ["CognitoM2M:Clients:worker:Region"] = "eu-west-1",
            ["CognitoM2M:Clients:worker:ClientId"] = "worker",
            ["CognitoM2M:Clients:worker:Scopes"] = "orders/read",
            ["CognitoM2M:Clients:worker:BaseAddress"] = "http://localhost/",
        });
        builder.AddWorker();
        // UseCognito gives the worker its tokens. Its calls end at the stub.
        builder.Services.UseCognito(cognito);
        builder.Services.AddHttpClient("worker").ConfigurePrimaryHttpMessageHandler(() => api);
        return builder.Build();
    }

    /// <summary>Answers every call, and keeps the Authorization header of the first call.</summary>
    private sealed class StubApi : HttpMessageHandler
    {
        private readonly TaskCompletionSource<AuthenticationHeaderValue?> _firstCall = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<AuthenticationHeaderValue?> FirstCall => _firstCall.Task;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _firstCall.TrySetResult(request.Headers.Authorization);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("[]"), RequestMessage = request });
        }
    }
}
