using System.Net;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Hosting;

/// <summary>Listening on another address, and the addresses by which others reach the emulator.</summary>
public sealed class ListeningTests
{
    private static readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });

    [Fact]
    public async Task Public_url_takes_the_place_of_the_bound_address_everywhere()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions
        {
            PublicUrl = new Uri("http://cognito:9229"),
            Issuer = EmulatedIssuer.Loopback,
            Seed = (emulator, _) => Task.FromResult(emulator.CreateUserPool("acme")),
            Port = FindFreePort(out var port),
        });
        var pool = Assert.Single(cognito.UserPools);

        var discovery = await GetAsync(port, $"{pool.Id}/.well-known/openid-configuration", "cognito:9229");

        Assert.Equal("http://cognito:9229/", cognito.BaseAddress.AbsoluteUri);
        Assert.Equal("http://cognito:9229/oauth2/token", cognito.TokenEndpoint.AbsoluteUri);
        Assert.Equal($"http://cognito:9229/{pool.Id}/.well-known/jwks.json", pool.JwksUri.AbsoluteUri);
        Assert.Equal($"http://cognito:9229/{pool.Id}", pool.Issuer);
        var document = JsonNode.Parse(discovery.Body)!;
        Assert.Equal($"http://cognito:9229/{pool.Id}", document["issuer"]!.GetValue<string>());
        Assert.Equal("http://cognito:9229/oauth2/token", document["token_endpoint"]!.GetValue<string>());
        Assert.Equal(pool.JwksUri.AbsoluteUri, document["jwks_uri"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("cognito", 200)]
    [InlineData("COGNITO:9229", 200)]
    [InlineData("gateway", 200)]
    [InlineData("localhost", 200)]
    [InlineData("other", 421)]
    [InlineData("cognito.example.com", 421)]
    [InlineData("192.0.2.1", 421)]
    public async Task Hosts_of_the_public_url_and_allowed_hosts_are_accepted(string host, int status)
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions
        {
            Port = FindFreePort(out var port),
            PublicUrl = new Uri("http://cognito:9229"),
            AllowedHosts = ["gateway"],
        });
        var pool = cognito.CreateUserPool("acme");

        Assert.Equal(status, (await GetAsync(port, $"{pool.Id}/.well-known/jwks.json", host)).Status);
    }

    [Theory]
    [InlineData("192.0.2.1:8080", 200)]
    [InlineData("[2001:db8::1]", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("attacker.example", 421)]
    public async Task Emulator_on_the_network_accepts_every_ip_address_and_no_other_name(string host, int status)
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { ListenAddress = IPAddress.Any });
        var pool = cognito.CreateUserPool("acme");

        Assert.Equal("127.0.0.1", cognito.BaseAddress.Host);
        Assert.Equal(status, (await GetAsync(cognito.BaseAddress.Port, $"{pool.Id}/.well-known/jwks.json", host)).Status);
    }

    [Fact]
    public async Task Emulator_listens_on_another_loopback_address()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { ListenAddress = IPAddress.Parse("127.0.0.2") });

        Assert.Equal("127.0.0.2", cognito.BaseAddress.Host);
        using var response = await _http.GetAsync(new Uri(cognito.BaseAddress, "health"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("pod-7.example")]
    public async Task Health_probe_is_answered_under_every_name_and_is_not_counted(string host)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.Drop());

        var (status, body) = await GetAsync(cognito.BaseAddress.Port, "health", host);

        Assert.Equal(200, status);
        Assert.Equal("""{"status":"healthy"}""", body);
        Assert.Equal(0, cognito.JsonApiRequests.Total);
    }

    [Theory]
    [InlineData("cognito:9229")]
    [InlineData("http://cognito:9229/path")]
    [InlineData("http://cognito:9229/?a=b")]
    [InlineData("http://user:secret@cognito")]
    [InlineData("ftp://cognito")]
    public void Wrong_public_url_is_refused(string url) =>
        Assert.Throws<ArgumentException>(() => new CognitoEmulatorOptions { PublicUrl = new Uri(url) });

    [Theory]
    [InlineData("")]
    [InlineData("http://cognito")]
    [InlineData("cognito:9229")]
    public void Wrong_allowed_host_is_refused(string host) =>
        Assert.Throws<ArgumentException>(() => new CognitoEmulatorOptions { AllowedHosts = [host] });

    private static async Task<(int Status, string Body)> GetAsync(int port, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/{path}"));
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static int FindFreePort(out int port)
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
