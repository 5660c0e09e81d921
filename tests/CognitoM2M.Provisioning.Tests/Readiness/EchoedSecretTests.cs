using System.Net;
using System.Net.Sockets;
using System.Text;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service.Aws;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Readiness;

/// <summary>Token endpoints, and proxies that answer instead of them, whose response contains the secret of the request.</summary>
public sealed class EchoedSecretTests
{
    [Theory]
    [InlineData(400, """{"error":"bad credentials ID:SECRET"}""", "HTTP 400")]
    [InlineData(400, """{"error":"SECRET"}""", "HTTP 400")]
    [InlineData(401, """{"error":"invalid_client","error_description":"SECRET"}""", "HTTP 401 invalid_client")]
    [InlineData(500, "SECRET", "HTTP 500")]
    [InlineData(200, "SECRET", "the answer is not a JSON object, so Cognito did not send it")]
    [InlineData(200, """{"access_token":"SECRET","token_type":"SECRET","expires_in":3600}""", "the answer is not a token response: its token_type is not Bearer")]
    [InlineData(200, """{"access_token":"a b","token_type":"Bearer","expires_in":3600}""", "the answer is not a token response: its access_token cannot be sent in a header")]
    [InlineData(200, """{"access_token":"a","token_type":"Bearer","expires_in":"SECRET"}""", "the answer is not a token response: its expires_in is not a positive whole number")]
    public async Task Answer_of_the_token_endpoint_is_described_without_its_text(int status, string body, string expected)
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        var client = account.Cognito.Pool.Clients[0];
        var secret = client.Secrets[0].ClientSecretValue!;
        var echo = new FixedAnswer(status, body.Replace("SECRET", secret, StringComparison.Ordinal).Replace("ID", client.Id, StringComparison.Ordinal));

        var failure = await WaitAsync(account, echo);

        Assert.Equal($"App client 'billing' gets no token. Last result: {expected}.", failure.Message);
        AssertHidden(secret, failure, account);
    }

    [Fact]
    public async Task Error_message_does_not_contain_a_long_answer()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);

        var failure = await WaitAsync(account, new FixedAnswer(400, $$"""{"error":"{{new string('x', 60_000)}}"}"""));

        Assert.InRange(failure.Message.Length, 1, 200);
    }

    [Fact]
    public async Task Error_message_does_not_contain_a_malformed_status_line()
    {
        var account = new FakeAccount();
        await account.ApplyAsync(FakeAccount.Acme);
        var secret = account.Cognito.Pool.Clients[0].Secrets[0].ClientSecretValue!;
        // What .NET throws for a malformed status line.
        var quote = $"Received an invalid status line: 'HTTP/1.1 bad {secret}'.";
        using var handler = new FailingHandler(new HttpRequestException(
            HttpRequestError.InvalidResponse, quote, new HttpIOException(HttpRequestError.InvalidResponse, quote)));

        var failure = await WaitAsync(account, handler);

        Assert.Equal("App client 'billing' gets no token. Last result: the answer of auth.acme.com is not HTTP.", failure.Message);
        AssertHidden(secret, failure, account);
    }

    [Theory]
    [InlineData("NotAuthorizedException", "Unable to verify SECRET")]
    [InlineData("SECRET", "No.")]
    [InlineData("BadSECRETException", "c2VjcmV0")]
    public async Task Refusal_of_GetClientToken_is_described_without_the_text_of_the_server(string error, string message)
    {
        const string Secret = "marker1secret2of3a4test5client";
        await using var server = new LoopbackService(
            Answer.Error(error.Replace("SECRET", Secret, StringComparison.Ordinal), message.Replace("SECRET", Secret, StringComparison.Ordinal)));
        using var service = CreateService(server.Address);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            service.CallAsync(AppClientOperations.GetToken, new() { ClientId = "abc", Secret = Secret }, default));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, $"{failure.ErrorCode} {failure.RequestId}", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_message_does_not_contain_a_malformed_status_line_of_the_user_pools_API()
    {
        const string Secret = "marker1secret2of3a4test5client";
        await using var server = new MalformedServer(Secret);
        using var service = CreateService(server.Address);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            service.CallAsync(AppClientOperations.GetToken, new() { ClientId = "abc", Secret = Secret }, default));

        Assert.Contains("answered with something else than HTTP", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://cognito.example.com:5000/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://user:password@127.0.0.1/")]
    public void Plain_http_is_refused_except_for_loopback(string address)
    {
        foreach (var options in new CognitoProvisionerOptions[] { new() { EndpointUrl = new Uri(address) }, new() { EmulatorAddress = new Uri(address) } })
        {
            options.Region = "eu-west-1";
            var failure = Assert.Throws<CognitoProvisioningException>(() => new CognitoProvisioner(options));

            Assert.Equal(ProvisioningError.Configuration, failure.Error);
            Assert.DoesNotContain("password@", failure.Message, StringComparison.Ordinal);
        }
    }

    private static AwsUserPoolService CreateService(Uri address) => AwsUserPoolService.Create(new()
    {
        EndpointUrl = address,
        Region = "eu-west-1",
        LongestBackOff = TimeSpan.Zero,
    });

    private static Task<CognitoProvisioningException> WaitAsync(FakeAccount account, HttpMessageHandler handler) =>
        Assert.ThrowsAsync<CognitoProvisioningException>(() => account.RunAsync(account.CreateProvisioner(tokenHttpHandler: handler).WaitUntilReadyAsync(
            FakeAccount.Acme, new() { Timeout = TimeSpan.FromSeconds(12) }, account.Sink, account.Progress)));

    private static void AssertHidden(string secret, CognitoProvisioningException failure, FakeAccount account)
    {
        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        Assert.All(account.Progress.Reports, report => Assert.DoesNotContain(secret, report.Message, StringComparison.Ordinal));
    }

    private sealed class FixedAnswer(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }

    private sealed class FailingHandler(Exception error) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(error);
    }

    /// <summary>Answers every request with a text that is not HTTP.</summary>
    private sealed class MalformedServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public MalformedServer(string text)
        {
            _listener.Start();
            _serving = ServeAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 bad {text}\r\n\r\n"));
        }

        public Uri Address => new($"http://{_listener.LocalEndpoint}/");

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptTcpClientAsync();
                    var stream = connection.GetStream();
                    // A spare connection carries no request.
                    if (await stream.ReadAsync(new byte[1].AsMemory()) > 0)
                        await stream.WriteAsync(answer);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
