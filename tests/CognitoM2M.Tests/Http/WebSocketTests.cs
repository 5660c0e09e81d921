using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>A WebSocket is opened with a request whose address has the scheme wss.</summary>
public sealed class WebSocketTests
{
    [Theory]
    [InlineData("wss://api.example.com/feed")]
    [InlineData("ws://localhost:5000/feed")]
    public async Task Opening_request_gets_the_token_and_is_sent_once_more_after_a_401(string address)
    {
        await using var api = new ApiBehindHandlers(configure: options => options.AllowedHosts = ["localhost"]);
        api.Reject("token-1");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(address));

        Assert.Equal([$"{address} Bearer token-1", $"{address} Bearer token-2"], api.Calls);
    }

    [Theory]
    [InlineData("ws://api.example.com/feed", "'api.example.com' to PlainHttpHosts")]
    [InlineData("ws://api.example.com:8080/feed", "'api.example.com:8080' to PlainHttpHosts")]
    [InlineData("wss://elsewhere.example/feed", "elsewhere.example, but")]
    public async Task Opening_request_without_encryption_or_to_another_host_is_refused(string address, string named)
    {
        await using var api = new ApiBehindHandlers();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(address));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }
}
