using System.Net;
using CognitoM2M.AspNetCore;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Neighbours.Tests.Support;

/// <summary>A server on loopback whose scheme accepts the tokens of an emulator, in the composition of the test.</summary>
internal sealed class ProtectedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProtectedServer(CognitoEmulator cognito, EmulatedAppClient client, WebApplication app) => (Cognito, Client, _app) = (cognito, client, app);

    public CognitoEmulator Cognito { get; }

    public EmulatedAppClient Client { get; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<ProtectedServer> StartAsync(
        Action<IServiceCollection, CognitoEmulator> services, Action<WebApplication, EmulatedAppClient> endpoints, Action<CognitoM2MAuthenticationOptions>? configure = null)
    {
        var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("acme");
        pool.CreateResourceServer("orders", "read", "write");
        var client = pool.CreateAppClient("caller", "orders/read");

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.UserPoolId = pool.Id;
            options.ClientIds = [client.ClientId];
            options.JwksUri = pool.JwksUri;
            configure?.Invoke(options);
        });
        services(builder.Services, cognito);
        var app = builder.Build();
        endpoints(app, client);
        await app.StartAsync();
        return new ProtectedServer(cognito, client, app);
    }

    /// <summary>Requests a token as the app client.</summary>
    public async Task<string> RequestTokenAsync() => await (await SendTokenRequestAsync(_ => { })).Content.ReadAsStringAsync();

    /// <summary>Sends a token request of the app client.</summary>
    public async Task<HttpResponseMessage> SendTokenRequestAsync(Action<HttpRequestMessage> change)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Cognito.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = Client.ClientId,
                ["client_secret"] = Client.ClientSecret!,
                ["scope"] = "orders/read",
            }),
        };
        change(request);
        return await http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Cognito.DisposeAsync();
    }
}
