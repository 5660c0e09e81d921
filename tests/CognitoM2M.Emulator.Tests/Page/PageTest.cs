using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Page;

/// <summary>A test that uses the page as a browser does.</summary>
public abstract class PageTest : EmulatorTest
{
    /// <summary>Runs an action of the page and asserts that it succeeds.</summary>
    protected async Task<JsonObject> ActAsync(string action, JsonObject input)
    {
        using var response = await SendActionAsync(action, input);
        var body = await ReadJsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    protected Task<HttpResponseMessage> SendActionAsync(string action, JsonObject input, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Cognito.BaseAddress, $"_emulator/{action}"))
        {
            Content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Emulator-Page", "1");
        change?.Invoke(request);
        return Http.SendAsync(request);
    }

    protected Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Cognito.BaseAddress, path));
        change?.Invoke(request);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    protected async Task<PageEvents> OpenEventsAsync()
    {
        var response = await GetAsync("_emulator/events");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        return new PageEvents(new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Reads what a page shows at first.</summary>
    protected async Task<JsonObject> ReadStateAsync()
    {
        using var events = await OpenEventsAsync();
        return await events.ReadAsync("state");
    }

    /// <summary>Server-sent events as a browser reads them.</summary>
    protected sealed class PageEvents(StreamReader reader) : IDisposable
    {
        /// <summary>Reads the next event of this name and drops others.</summary>
        public async Task<JsonObject> ReadAsync(string name)
        {
            var current = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    current = line["event: ".Length..];
                else if (current == name && line.StartsWith("data: ", StringComparison.Ordinal))
                    return JsonNode.Parse(line["data: ".Length..])!.AsObject();
            }

            throw new InvalidOperationException("The events have ended.");
        }

        public void Dispose() => reader.Dispose();
    }
}
