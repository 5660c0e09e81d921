using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Scopes;

/// <summary>Scopes that SignalR hubs and their methods require.</summary>
public sealed class HubTests
{
    [Theory]
    [InlineData("hub/connect", "Plain", true)]
    [InlineData("hub/connect", "Marked", false)]
    [InlineData("hub/connect hub/a", "Marked", false)]
    [InlineData("hub/connect hub/a hub/b", "Marked", true)]
    [InlineData("hub/connect", "Any", false)]
    [InlineData("hub/connect hub/b", "Any", true)]
    public async Task Hub_method_requires_its_own_scopes(string scopes, string method, bool isDone)
    {
        await using var api = await StartAsync();
        using var socket = await ConnectAsync(api, Pool.Usual.Token(scopes));

        var answer = await InvokeAsync(socket, method);

        Assert.Contains(isDone ? "\"result\":\"done\"" : "\"error\":", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub/connect", false)]
    [InlineData("hub/connect hub/named", true)]
    public async Task Hub_method_with_a_policy_ignores_scopes_of_other_identities(string scopes, bool isDone)
    {
        await using var api = await StartAsync();
        using var socket = await ConnectAsync(api, Pool.Usual.Token(scopes));

        var answer = await InvokeAsync(socket, "Named");

        Assert.Contains(isDone ? "\"result\":\"done\"" : "\"error\":", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_requires_its_scopes_of_every_connection()
    {
        await using var api = await StartAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ConnectAsync(api, Pool.Usual.Token("x/y")));

        Assert.Contains("403", failure.Message, StringComparison.Ordinal);
    }

    private static Task<Api> StartAsync() => Api.StartAsync(
        app =>
        {
            app.UseWebSockets();
            app.MapHub<Hub>("/hub");
        },
        services: services =>
        {
            services.AddSignalR();
            services.AddAuthorizationBuilder().AddPolicy("named", policy => policy.RequireCognitoScope("hub/named"));
            services.AddSingleton<IClaimsTransformation, OtherIdentity>();
        });

    private static Task<WebSocket> ConnectAsync(Api api, string token)
    {
        var client = api.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = $"Bearer {token}";
        return client.ConnectAsync(new Uri("ws://localhost/hub"), CancellationToken.None);
    }

    private static async Task<string> InvokeAsync(WebSocket socket, string method)
    {
        await SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await ReceiveAsync());
        await SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[]}""");
        string answer;
        do
            answer = await ReceiveAsync();
        while (!answer.Contains("\"type\":3", StringComparison.Ordinal));
        return answer;

        Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        async Task<string> ReceiveAsync()
        {
            var text = new StringBuilder();
            var buffer = new byte[1];
            // The test reads one byte at a time, because several messages may come together. Each ends with the byte 0x1E.
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
                Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
                if (received.Count == 0)
                    continue;
                if (buffer[0] == 0x1e)
                    return text.ToString();
                text.Append((char)buffer[0]);
            }
        }
    }

    [RequireCognitoScope("hub/connect")]
    public sealed class Hub : Microsoft.AspNetCore.SignalR.Hub
    {
        public string Plain() => "done";

        [RequireCognitoScope("hub/a", "hub/b")]
        public string Marked() => "done";

        [RequireAnyCognitoScope("hub/a", "hub/b")]
        public string Any() => "done";

        [Authorize("named")]
        public string Named() => "done";
    }

    /// <summary>Adds an identity of another scheme, which has a scope.</summary>
    private sealed class OtherIdentity : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var changed = principal.Clone();
            changed.AddIdentity(new ClaimsIdentity([new Claim("scope", "hub/named")], "ApiKey"));
            return Task.FromResult(changed);
        }
    }
}
