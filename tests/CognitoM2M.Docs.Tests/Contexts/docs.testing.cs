// The files of the page are compiled one by one. Each finds here what the project that is tested declares.
global using static TestingPage.Names;
global using Microsoft.AspNetCore.Mvc.Testing;
global using Microsoft.Extensions.Time.Testing;
global using TestingPage;
global using Xunit;
using CognitoM2M.Testing;

namespace TestingPage
{
    internal static class Names
    {
        public static CognitoFixture cognito => throw null!;
    }

    internal sealed class OrdersClient(HttpClient http)
    {
        public Task<string> ReadAsync(CancellationToken cancellationToken) => http.GetStringAsync("orders", cancellationToken);
    }

    internal sealed class Worker : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
