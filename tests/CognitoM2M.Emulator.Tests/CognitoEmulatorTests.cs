using System.Net;
using System.Net.Sockets;

namespace CognitoM2M.Emulator.Tests;

public sealed class CognitoEmulatorTests
{
    [Fact]
    public async Task Emulator_listens_on_a_free_loopback_port_by_default()
    {
        await using var cognito = await CognitoEmulator.StartAsync();

        Assert.Matches(@"\Ahttp://127\.0\.0\.1:[1-9][0-9]*/\z", cognito.BaseAddress.AbsoluteUri);
        Assert.Equal(new Uri(cognito.BaseAddress, "oauth2/token"), cognito.TokenEndpoint);
    }

    [Fact]
    public async Task Emulator_listens_on_the_port_of_the_options()
    {
        int port;
        await using (var first = await CognitoEmulator.StartAsync())
            port = first.BaseAddress.Port;

        await using var second = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Port = port });

        Assert.Equal(port, second.BaseAddress.Port);
    }

    [Fact]
    public async Task Error_for_a_port_in_use_names_the_port()
    {
        await using var first = await CognitoEmulator.StartAsync();
        var port = first.BaseAddress.Port;

        var error = await Assert.ThrowsAsync<IOException>(() => CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Port = port }));

        Assert.Contains($"http://127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_variables_of_ASP_NET_Core_do_not_change_the_address()
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://127.0.0.1:1");
        try
        {
            await using var cognito = await CognitoEmulator.StartAsync();

            Assert.NotEqual(1, cognito.BaseAddress.Port);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        }
    }

    [Fact]
    public async Task Dispose_closes_the_port_and_can_be_called_twice()
    {
        var cognito = await CognitoEmulator.StartAsync();

        await cognito.DisposeAsync();
        await cognito.DisposeAsync();

        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, cognito.BaseAddress.Port));
    }

    [Fact]
    public async Task Dispose_cuts_off_hanging_requests()
    {
        var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Hang());
        using var http = new HttpClient();
        var hanging = http.PostAsync(cognito.TokenEndpoint, content: null);
        while (cognito.TokenRequests.Total == 0)
            await Task.Yield();

        await cognito.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Emulators_in_one_process_share_nothing()
    {
        await using var first = await CognitoEmulator.StartAsync();
        await using var second = await CognitoEmulator.StartAsync();

        var pool = first.CreateUserPool("shop");

        Assert.Equal([pool], first.UserPools);
        Assert.Empty(second.UserPools);
    }

    [Theory]
    [InlineData("GET", "/oauth2/idpresponse")]
    [InlineData("PUT", "/")]
    [InlineData("GET", "/page")]
    [InlineData("POST", "/oauth2/token/")]
    [InlineData("POST", "/OAuth2/Token")]
    public async Task Unknown_path_gets_404_with_a_message(string method, string path)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        using var http = new HttpClient();

        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(cognito.BaseAddress, path)));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal($$"""{"message":"The emulator does not serve {{method}} {{path}}."}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Invalid_option_values_throw()
    {
        Assert.ThrowsAny<ArgumentException>(() => new CognitoEmulatorOptions { Port = -1 });
        Assert.ThrowsAny<ArgumentException>(() => new CognitoEmulatorOptions { Port = 65536 });
        Assert.ThrowsAny<ArgumentException>(() => new CognitoEmulatorOptions { Region = "Ireland" });
        Assert.ThrowsAny<ArgumentException>(() => new CognitoEmulatorOptions { Region = "eu-west-1\n" });
        Assert.ThrowsAny<ArgumentException>(() => new CognitoEmulatorOptions { TimeProvider = null! });
        Assert.ThrowsAny<ArgumentException>(() => new CognitoEmulatorOptions { Issuer = (EmulatedIssuer)7 });
    }
}
