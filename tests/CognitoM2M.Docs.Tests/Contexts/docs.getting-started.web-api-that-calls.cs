// The files of the page are compiled one by one. Each finds here what the others declare.
global using OtherFilesOfThePage;

namespace Storefront
{
    internal static class OtherFiles;
}

namespace OtherFilesOfThePage
{
    internal sealed class OrdersClient(HttpClient http)
    {
        public async Task<string[]> ReadAsync(CancellationToken cancellationToken) => [await http.GetStringAsync("orders", cancellationToken)];
    }
}
