// The files of the page are compiled one by one. Each finds here what the others declare.
global using OtherFilesOfThePage;

namespace Billing
{
    internal static class OtherFiles;
}

namespace OtherFilesOfThePage
{
    internal sealed class OrdersClient(HttpClient http)
    {
        public Task<string> ReadAsync(CancellationToken cancellationToken) => http.GetStringAsync("orders", cancellationToken);
    }

    internal sealed class Worker : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
