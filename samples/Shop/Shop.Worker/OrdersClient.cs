using System.Net.Http.Json;

namespace Shop.Worker;

/// <summary>Calls the orders API. It knows nothing of tokens: the handlers of its HttpClient put them on.</summary>
public sealed class OrdersClient(HttpClient http)
{
    /// <summary>Places an order, and returns its number.</summary>
    /// <exception cref="HttpRequestException">The API did not accept the order, or there was no token (<c>CognitoTokenException</c>).</exception>
    public async Task<int> PlaceAsync(string article, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(new Uri("orders", UriKind.Relative), new NewOrder(article), cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<PlacedOrder>(cancellationToken))!.Id;
    }

    private sealed record NewOrder(string Article);

    private sealed record PlacedOrder(int Id);
}
